using System.ComponentModel;

namespace Actors.Workshop.Sql;

/// <summary>What run_sql returns.</summary>
internal sealed record QueryResult(
    IReadOnlyList<Column> Columns,
    [property: Description("The values of each row in the order of the columns, as Postgres prints them; null for NULL")] IReadOnlyList<string?[]> Rows,
    [property: Description("Why there are fewer rows than the query has, and what to do; null when these are all")] string? Truncated);
