namespace Actors.Workshop.Sql;

/// <summary>What describe_table returns.</summary>
internal sealed record TableDescription(string Name, string? Comment, IReadOnlyList<ColumnDescription> Columns);
