using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Actors.Workshop.Sql;

/// <summary>What run_sql returns.</summary>
internal sealed record QueryResult(
    IReadOnlyList<Column> Columns,
    [property: Description("The values of each row in the order of the columns, as Postgres prints them: strings, and null for NULL")] IReadOnlyList<object?[]> Rows,
    // The SDK leaves nulls out, but its schema says that every member is there, and clients hold it to that.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [property: Description("Why there are fewer rows than the query has, and what to do; null when these are all")] string? Truncated);
