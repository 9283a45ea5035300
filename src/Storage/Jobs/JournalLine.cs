namespace Actors.Storage.Jobs;

/// <summary>An entry as it is read back. Seq grows within a job, with gaps: it is the cursor of the next read.</summary>
public sealed record JournalLine(long Seq, DateTimeOffset At, JournalKind Kind, string? Level, string? Text, byte[]? Data);
