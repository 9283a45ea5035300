namespace Actors.Bench.Simulation.Costs;

/// <summary>Which figures of bench/results the simulation rests on. Nothing else reads them.</summary>
internal sealed class MeasuredRows(Figures figures)
{
    public const string Product = "Actors";
    public const string Server = "server";
    public const string Postgres = "PostgreSQL";
    public const string Driver = "driver";
    public const int RowsPerBatch = 100;
    public const int BatchConnections = 4;
    public const int PgbenchConnections = 64;
    public const int JobsPerClaim = 10;
    public const int Streams = 10_000;
    public const int LiveJobs = 100_000;

    public int Cores => figures.Cores;

    public string Machine => $"{figures.Cores} cores, {figures.Processor}";

    public FigureOfRow Poll { get; } = figures.Find("polls", "tasks/get of a running job", Product);

    public FigureOfRow PollEnded { get; } = figures.Find("polls", "tasks/get of a job that has ended", Product);

    public FigureOfRow Call { get; } = figures.Find("calls", "tools/call of a short tool", Product);

    public FigureOfRow Create { get; } = figures.Find("creates", "durable create", Product);

    public FigureOfRow Batches { get; } = figures.Find("creates", "durable create", "PostgreSQL, batches of 100");

    public FigureOfRow Pgbench { get; } = figures.Find("creates", "durable create", "PostgreSQL, pgbench");

    public FigureOfRow Job { get; } = figures.Find("jobs", "create, run and complete", Product);

    public FigureOfRow FewJobs { get; } = figures.Find("purge", "create, run and end", "Actors, with nothing to discard");

    public FigureOfRow FewPolls { get; } = figures.Find("purge", "poll of a job that has ended", "Actors, with nothing to discard");

    /// <summary>In milliseconds.</summary>
    public FigureOfRow Pickup { get; } = figures.Find("pickup", "tools/call of a job", "Actors, p50, one at a time");

    /// <summary>In milliseconds.</summary>
    public FigureOfRow Claim { get; } = figures.Find("claim", "a claim of 10 jobs", "Actors, p50, 1,000 in line");

    public FigureOfRow Hop { get; } = figures.Find("hop", "a grain call, 128 callers", "Actors' grains, client to silo");

    public FigureOfRow WordsToOne { get; } = figures.Find("watchers", "a tool's progress until it has come to 1 listeners", "Actors, p50");

    public FigureOfRow WordsToThousand { get; } = figures.Find("watchers", "a tool's progress until it has come to 1,000 listeners", "Actors, p50");

    public FigureOfRow Listeners { get; } = figures.Find("streams", "10,000 streams", "Actors, the frontend with all of them");

    public FigureOfRow Listener { get; } = figures.Find("streams", "10,000 streams", "Actors, for each of them");

    public FigureOfRow Live { get; } = figures.Find("live", "100,000 running jobs", "Actors, the silo with all of them");

    public FigureOfRow LiveEach { get; } = figures.Find("live", "100,000 running jobs", "Actors, for each of them");
}
