namespace Actors.Grains.Jobs;

/// <summary>
/// What a grain holds of the attempt that runs for it, on the same silo. An interface because attempts run in src/Silo,
/// which grains do not know. No method waits for the tool.
/// </summary>
public interface IRunningAttempt
{
    /// <summary>Whether the tool has ended, and its end is being stored, however long that takes.</summary>
    bool IsEnding { get; }

    /// <summary>Hands over the answer to an open question, after it was stored.</summary>
    void Deliver(string key, byte[] answer);

    /// <summary>Sets the tool's cancellation token.</summary>
    void Cancel();

    /// <summary>Lets go of an attempt that only waits: its token is set, its slot is free, and whatever its tool makes of that is nobody's.</summary>
    void Park();

    /// <summary>Cuts the attempt off: its token is set, its slot is free, and what it still reports is nobody's.</summary>
    void Abandon();
}
