using System.Globalization;

namespace Actors.Chaos.Driver;

/// <summary>What the command line says.</summary>
internal sealed record ChaosOptions
{
    /// <summary>How long faults are injected. Default: 2.</summary>
    public double Minutes { get; private init; } = 2;

    /// <summary>Decides what clients do and which faults they meet. Default: 1.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>Default: 200.</summary>
    public int Clients { get; private init; } = 200;

    /// <summary>Default: 3.</summary>
    public int Silos { get; private init; } = 3;

    /// <summary>Default: 2.</summary>
    public int Frontends { get; private init; } = 2;

    /// <summary>One Standalone process in place of the cluster.</summary>
    public bool IsOneProcess { get; private init; }

    /// <summary>Only these kinds of faults, by name. Default: every kind.</summary>
    public IReadOnlyList<string> Faults { get; private init; } = [];

    /// <summary>Keeps the record and the logs of a run that went well, too.</summary>
    public bool Keep { get; private init; }

    /// <summary>Where records are kept.</summary>
    public string Folder { get; private init; } = Path.Combine(Path.GetTempPath(), "actors-chaos");

    /// <summary>A record to check in place of a run.</summary>
    public string? Record { get; private init; }

    /// <exception cref="ArgumentException">It says something else.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions();
        for (var at = 0; at < arguments.Count; at++)
        {
            string Next() => ++at < arguments.Count ? arguments[at] : throw new ArgumentException($"{arguments[at - 1]} needs a value.");
            options = arguments[at] switch
            {
                "--minutes" => options with { Minutes = double.Parse(Next(), CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--clients" => options with { Clients = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--silos" => options with { Silos = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--frontends" => options with { Frontends = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--one-process" => options with { IsOneProcess = true },
                "--faults" => options with { Faults = Next().Split(',') },
                "--keep" => options with { Keep = true },
                "--folder" => options with { Folder = Path.GetFullPath(Next()) },
                "--check" => options with { Record = Path.GetFullPath(Next()) },
                var other => throw new ArgumentException($"{other} is not known."),
            };
        }

        return options;
    }
}
