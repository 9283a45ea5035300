using System.Collections.Immutable;

namespace Actors.Storage.Jobs;

/// <summary>Which entries of a job's journal are wanted; what is left out does not restrict.</summary>
public sealed record JournalQuery
{
    /// <summary>The last <see cref="JournalLine.Seq"/> already seen; 0 for the beginning.</summary>
    public long After { get; init; }

    /// <summary>The most entries to return, within <see cref="JournalOptions.MaxPageSize"/>.</summary>
    public required int Limit { get; init; }

    /// <summary>Whether the last entries are wanted instead of the first; they come oldest first all the same.</summary>
    public bool Tail { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Log lines of these levels and nothing else; empty: all entries.</summary>
    public ImmutableArray<string> Levels { get; init; } = [];

    /// <summary>Text that an entry's text or data has, upper and lower case alike.</summary>
    public string? Search { get; init; }
}
