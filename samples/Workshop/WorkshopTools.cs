using System.ComponentModel;
using Actors.Jobs;
using Actors.Workshop.Logs;
using Actors.Workshop.Sql;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Workshop;

/// <summary>Tools over a sample database and sample logs.</summary>
[McpServerToolType]
internal sealed class WorkshopTools(ReadOnlySql sql, Tables tables, LogSearch logs, IOptions<WorkshopOptions> options)
{
    private const int DefaultLogLines = 50;

    private readonly WorkshopOptions _options = options.Value;

    [McpServerTool(Name = "run_sql", Title = "Query the database", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Runs one SELECT (PostgreSQL) on the sample shop's tables and returns the rows. It cannot change anything. "
        + "Learn the tables first with list_tables and describe_table; resources workshop://saved-queries hold queries that work.")]
    public Task<QueryResult> RunSql(
        JobContext job,
        [Description("One SELECT, VALUES, TABLE or WITH … SELECT, without a semicolon in the middle")] string query,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(query))
            throw new McpException("The query is empty. Give one SELECT.");
        if (query.Length > _options.MaxQueryChars)
            throw new McpException($"The query has {query.Length} characters; {_options.MaxQueryChars} are allowed.");
        if (query.Contains('\0', StringComparison.Ordinal))
            throw new McpException("The query holds a NUL character, which Postgres does not accept.");
        return sql.RunAsync(job.Tenant, query, cancellationToken);
    }

    [McpServerTool(Name = "list_tables", Title = "List the tables", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Names the tables that run_sql can read, what each holds, and how many rows it has.")]
    public Task<TableList> ListTables(JobContext job, CancellationToken cancellationToken = default) =>
        tables.ListAsync(job.Tenant, cancellationToken);

    [McpServerTool(Name = "describe_table", Title = "Describe a table", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Names the columns of a table, with types, keys and what they refer to.")]
    public Task<TableDescription> DescribeTable(
        JobContext job,
        [Description("The table's name as list_tables gives it")] string name,
        CancellationToken cancellationToken = default) =>
        tables.DescribeAsync(job.Tenant, name, cancellationToken);

    [McpServerTool(Name = "search_logs", Title = "Search the logs", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds the lines of the shop's logs that contain a text, or match a regular expression. Case is ignored.")]
    public Task<LogMatches> SearchLogs(
        [Description("The text to look for, as it is, unless regex is true")] string pattern,
        [Description("How many lines at most; 50 where it is left out")] int? limit = null,
        [Description("Whether the pattern is a regular expression (.NET, without lookarounds and backreferences)")] bool regex = false,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(pattern) || pattern.Length > _options.MaxLogLineChars)
            throw new McpException($"The pattern must have 1 to {_options.MaxLogLineChars} characters.");
        var lines = limit ?? Math.Min(DefaultLogLines, _options.MaxLogLines);
        if (lines < 1 || lines > _options.MaxLogLines)
            throw new McpException($"The limit must be from 1 to {_options.MaxLogLines}.");
        return logs.SearchAsync(LogSearch.Matcher(pattern, regex), lines, cancellationToken);
    }
}
