using System.Globalization;
using Actors.Jobs;
using Actors.Storage.Leases;
using Orleans.Storage;

namespace Actors.Storage.Jobs;

/// <summary>
/// A write on its way. <see cref="ExpectedVersion"/> is what the database must have: 0 for no row. A null row deletes.
/// </summary>
internal sealed class PendingWrite
{
    private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly JobRow? _row;
    private readonly int _bytes;

    public PendingWrite(JobKey key, JobRow? row, JobRow? stored, long expectedVersion)
    {
        Key = key;
        Id = Guid.ParseExact(key.Id, "N");
        _row = row;
        ExpectedVersion = expectedVersion;
        Tag = Random.Shared.Next(int.MinValue, int.MaxValue);
        if (row is null) return;

        // Rows are immutable and copied with "with", so what a write leaves alone is the same object.
        CheckpointChanged = stored is null || !ReferenceEquals(stored.Checkpoint, row.Checkpoint);
        ResultChanged = stored is null || !ReferenceEquals(stored.Result, row.Result);
        AttemptsChanged = stored is null || stored.Attempts != row.Attempts;
        Attempts = AttemptsChanged ? AttemptFormat.Write(row.Attempts) : null;
        ExchangesChanged = stored is null || stored.Exchanges != row.Exchanges;
        Exchanges = ExchangesChanged ? ExchangeFormat.Write(row.Exchanges) : null;
        DropsSteps = stored is not null && AttemptsChanged && row.Attempts is [.., { StartsOver: true }];
        _bytes = row.Params.Length + (Checkpoint?.Length ?? 0) + (Exchanges?.Length ?? 0) + (Attempts?.Length ?? 0) + (Result?.Length ?? 0);
    }

    public JobKey Key { get; }

    public Guid Id { get; }

    public JobRow Row => _row ?? throw new InvalidOperationException("A deletion has no row.");

    public long ExpectedVersion { get; }

    public long NewVersion => ExpectedVersion + 1;

    /// <summary>Drawn for this write: with the version it proves, after a lost connection, whose commit is in the database.</summary>
    public int Tag { get; }

    public WriteKind Kind => _row is null ? WriteKind.Delete : ExpectedVersion == 0 ? WriteKind.Create : WriteKind.Update;

    public bool CheckpointChanged { get; }

    public bool ResultChanged { get; }

    public bool AttemptsChanged { get; }

    public byte[]? Attempts { get; }

    public bool ExchangesChanged { get; }

    public byte[]? Checkpoint => CheckpointChanged ? Row.Checkpoint : null;

    public byte[]? Result => ResultChanged ? Row.Result : null;

    public byte[]? Exchanges { get; }

    /// <summary>A step to add, or null.</summary>
    public StepResult? Step { get; init; }

    /// <summary>The job starts over: its steps go.</summary>
    public bool DropsSteps { get; }

    /// <summary>The job whose steps this one begins with, or null.</summary>
    public Guid? TakesStepsOf => Kind is WriteKind.Create && Guid.TryParseExact(Row.Options?.RetryOf, "N", out var id) ? id : null;

    /// <summary>Roughly what it sends.</summary>
    public int Bytes => _bytes + (Step?.Result.Length ?? 0);

    /// <summary>A try of it may have been committed without our knowing.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>Whether the row may be written under this epoch: it names this silo and epoch, or nobody.</summary>
    public bool IsUnder(HeldLease lease) => _row?.Silo is not { } silo || (silo == lease.Silo && _row.Epoch == lease.Epoch);

    /// <summary>Ends when the write is durable, or has failed.</summary>
    public Task Outcome => _outcome.Task;

    public void Succeed() => _outcome.TrySetResult();

    public void Fail(Exception exception) => _outcome.TrySetException(exception);

    public void FailConflict(long? storedVersion) => Fail(new InconsistentStateException(
        Kind == WriteKind.Create ? $"The job {Key} exists already." : $"The job {Key} was changed by somebody else.",
        storedVersion?.ToString(CultureInfo.InvariantCulture),
        ExpectedVersion.ToString(CultureInfo.InvariantCulture)));
}
