using System.ComponentModel;

namespace Actors.Workshop.Logs;

/// <summary>What search_logs returns.</summary>
internal sealed record LogMatches(
    [property: Description("Of the newest file first, each file from its beginning")] IReadOnlyList<LogLine> Lines,
    int FilesSearched,
    [property: Description("Why there may be more matches than these, and what to do; null when everything was searched")] string? Truncated);
