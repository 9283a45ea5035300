using System.Text.Json.Serialization;

namespace Actors.Workshop.Sql;

/// <summary>What describe_table returns.</summary>
internal sealed record TableDescription(
    string Name,
    // The SDK leaves nulls out, but its schema says that every member is there, and clients hold it to that.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    string? Comment,
    IReadOnlyList<ColumnDescription> Columns);
