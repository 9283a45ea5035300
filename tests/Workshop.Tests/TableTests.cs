using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Workshop.Tests;

public sealed class TableTests(WorkshopServer server)
{
    [Fact]
    public async Task The_tables_are_listed_with_their_rows_and_described_with_their_keys()
    {
        await using var client = await server.ClientAsync();

        var tables = (await client.CallAsync("list_tables", new { })).GetProperty("tables").EnumerateArray()
            .Select(table => (table.GetProperty("name").GetString(), table.GetProperty("rows").GetInt64()));
        Assert.Equal([("customers", 40L), ("order_lines", 600L), ("orders", 300L), ("products", 20L), ("saved_queries", 3L)], tables);

        var orders = await client.CallAsync("describe_table", new { name = "workshop.orders" });
        var customer = orders.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "customer_id");
        Assert.Equal(("integer", "customers.id", false), (customer.GetProperty("type").GetString(), customer.GetProperty("references").GetString(), customer.GetProperty("primaryKey").GetBoolean()));
        Assert.Contains("list_tables", await client.RefusalAsync("describe_table", new { name = "jobs" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_saved_query_is_a_resource_that_run_sql_runs()
    {
        await using var client = await server.ClientAsync();
        var list = await client.Mcp.ReadResourceAsync("workshop://saved-queries", cancellationToken: TestContext.Current.CancellationToken);
        var saved = JsonElement.Parse(((TextResourceContents)list.Contents[0]).Text).EnumerateArray().ToArray();
        Assert.Equal(3, saved.Length);

        foreach (var query in saved)
        {
            var read = await client.Mcp.ReadResourceAsync(query.GetProperty("uri").GetString()!, cancellationToken: TestContext.Current.CancellationToken);
            var result = await client.CallAsync("run_sql", new { query = ((TextResourceContents)read.Contents[0]).Text });
            Assert.NotEqual(0, result.GetProperty("rows").GetArrayLength());
        }
        await Assert.ThrowsAnyAsync<McpException>(
            async () => await client.Mcp.ReadResourceAsync("workshop://saved-queries/none", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_prompt_names_the_columns_of_the_table()
    {
        await using var client = await server.ClientAsync();

        var prompt = await client.Mcp.GetPromptAsync(
            "summarize_table", new Dictionary<string, object?> { ["table"] = "orders" }, cancellationToken: TestContext.Current.CancellationToken);

        var text = Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text;
        Assert.Contains("- customer_id, integer, refers to customers.id", text, StringComparison.Ordinal);
        Assert.Contains("- status, text: open, shipped or returned", text, StringComparison.Ordinal);
    }
}
