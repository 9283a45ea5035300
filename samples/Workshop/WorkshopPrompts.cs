using System.ComponentModel;
using System.Text;
using Actors.Jobs;
using Actors.Workshop.Sql;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Workshop;

/// <summary>The prompts of the workshop.</summary>
[McpServerPromptType]
internal sealed class WorkshopPrompts(Tables tables)
{
    [McpServerPrompt(Name = "summarize_table", Title = "Summarize a table")]
    [Description("Has a table looked through and described: what it holds, how much, how it is spread, and what looks wrong")]
    public async Task<PromptMessage> SummarizeTable(
        JobContext job,
        [Description("The table's name")] string table,
        CancellationToken cancellationToken)
    {
        var description = await tables.DescribeAsync(job.Tenant, table, cancellationToken);
        var text = new StringBuilder("Summarize the table workshop.").Append(description.Name).AppendLine(" of the sample shop for somebody who has never seen it.")
            .AppendLine()
            .AppendLine("Its columns:");
        foreach (var column in description.Columns)
        {
            text.Append("- ").Append(column.Name).Append(", ").Append(column.Type)
                .Append(column.PrimaryKey ? ", primary key" : "")
                .Append(column.References is null ? "" : ", refers to " + column.References)
                .AppendLine(column.Comment is null ? "" : ": " + column.Comment);
        }
        text.AppendLine()
            .AppendLine("Use run_sql: count the rows, look at a few, and at the spread of the columns that matter. "
                + "Then write three to six sentences with the figures, and name what looks unusual. Give the queries you ran at the end.");
        return new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text.ToString() } };
    }
}
