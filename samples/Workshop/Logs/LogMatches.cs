using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Actors.Workshop.Logs;

/// <summary>What search_logs returns.</summary>
internal sealed record LogMatches(
    [property: Description("Of the newest file first, each file from its beginning")] IReadOnlyList<LogLine> Lines,
    int FilesSearched,
    // The SDK leaves nulls out, but its schema says that every member is there, and clients hold it to that.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [property: Description("Why there may be more matches than these, and what to do; null when everything was searched")] string? Truncated);
