using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Actors.Workshop.Sql;

/// <summary>A column of a table.</summary>
internal sealed record ColumnDescription(
    string Name,
    [property: Description("Its Postgres type")] string Type,
    bool Nullable,
    bool PrimaryKey,
    // The SDK leaves nulls out, but its schema says that every member is there, and clients hold it to that.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [property: Description("The column it refers to, as table.column")] string? References,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    string? Comment);
