using System.ComponentModel;

namespace Actors.Workshop.Sql;

/// <summary>A column of a table.</summary>
internal sealed record ColumnDescription(
    string Name,
    [property: Description("Its Postgres type")] string Type,
    bool Nullable,
    bool PrimaryKey,
    [property: Description("The column it refers to, as table.column")] string? References,
    string? Comment);
