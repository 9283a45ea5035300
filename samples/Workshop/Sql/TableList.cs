namespace Actors.Workshop.Sql;

/// <summary>What list_tables returns.</summary>
internal sealed record TableList(IReadOnlyList<TableSummary> Tables);
