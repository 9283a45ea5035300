using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>
/// Runs attempts on this silo, within its slots. An interface because tools, and the protocol's SDK with them, live in
/// src/Silo, which grains do not know.
/// </summary>
public interface IAttemptRunner
{
    /// <summary>The terms on which a tool runs as a job, or null where no loaded pack has such a job tool.</summary>
    JobAttribute? FindJob(string tool);

    /// <summary>Whether another silo of the cluster offers the tool.</summary>
    bool IsOfferedElsewhere(string tool);

    /// <summary>Whether this silo starts nothing more: it is stopping.</summary>
    bool IsClosed { get; }

    /// <summary>Whether a limit on running jobs concerns this one: only a claim may start it then.</summary>
    ValueTask<bool> IsLimitedAsync(JobRow job);

    /// <summary>How long a tenant's records are kept at most.</summary>
    ValueTask<TimeSpan> LongestTtlAsync(string tenant);

    /// <summary>The same, as it was known last: for what cannot wait.</summary>
    TimeSpan LongestTtl(string tenant);

    /// <summary>Before a job is created.</summary>
    /// <exception cref="JobRefusedException">Its tenant has stored as much as it may.</exception>
    ValueTask AdmitAsync(JobRow job);

    /// <summary>Before a new job is put in line.</summary>
    /// <exception cref="JobRefusedException">The line of its tenant or principal is full.</exception>
    ValueTask AdmitToLineAsync(JobRow job);

    /// <summary>Where a job stands that waits.</summary>
    Task<QueuePlace> PlaceOfAsync(JobRow job);

    /// <summary>A slot, if it is being held for this job, or if one is free and no job waits for it.</summary>
    bool TryTakeSlot(JobKey job, bool onlyIfHeld);

    /// <summary>Gives back a slot that no attempt was started in.</summary>
    void ReturnSlot();

    /// <summary>The job is stored as one that waits: its grain's StartQueuedAsync is called when it is its turn.</summary>
    /// <param name="job">The row, which is nobody's.</param>
    /// <param name="isLimited">Whether it may have to wait for more than a slot.</param>
    void Joined(JobRow job, bool isLimited);

    /// <summary>A job is in line for which another silo has no slot.</summary>
    void LookAtLine();

    /// <summary>Starts an attempt in a slot taken before, outside the caller's turn. The slot comes back when it ends.</summary>
    IRunningAttempt Start(JobAttempt attempt);
}
