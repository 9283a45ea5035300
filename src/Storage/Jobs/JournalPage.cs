namespace Actors.Storage.Jobs;

/// <summary>A part of a job's journal, oldest first.</summary>
/// <param name="Lines">The entries.</param>
/// <param name="Cursor">What the next read is to come after.</param>
/// <param name="HasMore">Whether there may be more already.</param>
public sealed record JournalPage(IReadOnlyList<JournalLine> Lines, long Cursor, bool HasMore);
