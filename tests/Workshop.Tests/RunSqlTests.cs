using System.Text.Json;
using Npgsql;

namespace Actors.Workshop.Tests;

public sealed class RunSqlTests(WorkshopServer server)
{
    [Fact]
    public async Task A_query_returns_its_columns_and_rows()
    {
        await using var client = await server.ClientAsync();

        var result = await client.CallAsync("run_sql", new { query = "SELECT id, name, NULL AS nothing, ';' AS semicolon FROM customers WHERE id <= 2 ORDER BY id; -- done" });

        Assert.Equal(["id", "name", "nothing", "semicolon"], result.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()));
        Assert.Equal("""[["1","Customer 1",null,";"],["2","Customer 2",null,";"]]""", JsonSerializer.Serialize(result.GetProperty("rows")));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("truncated").ValueKind);
    }

    [Theory]
    [InlineData("INSERT INTO workshop.customers VALUES (99, 'x', 'y', now())")]
    [InlineData("WITH gone AS (DELETE FROM workshop.order_lines RETURNING 1) SELECT * FROM gone")]
    [InlineData("SELECT 1; DROP TABLE workshop.order_lines")]
    [InlineData("SELECT 1; COMMIT; SET default_transaction_read_only = off")]
    [InlineData("SELECT query_to_xml('DELETE FROM workshop.order_lines', true, true, '')")]
    [InlineData("SELECT * INTO workshop.copy FROM workshop.orders")]
    [InlineData("CREATE TEMP TABLE t (a int)")]
    [InlineData("DO $$ BEGIN DELETE FROM workshop.order_lines; END $$")]
    [InlineData("COPY workshop.orders TO PROGRAM 'cat'")]
    [InlineData("SELECT * FROM workshop.orders FOR UPDATE")]
    [InlineData("ALTER ROLE CURRENT_USER SET default_transaction_read_only = off")]
    [InlineData("COMMIT")]
    public async Task A_statement_that_writes_is_refused_and_changes_nothing(string query)
    {
        await using var client = await server.ClientAsync();
        await client.CallAsync("list_tables", new { });
        var before = await FingerprintAsync();

        var refusal = await client.RefusalAsync("run_sql", new { query });

        Assert.Contains("Postgres ", refusal, StringComparison.Ordinal);
        Assert.Equal(before, await FingerprintAsync());
    }

    [Theory]
    [InlineData("SELECT * FROM actors.jobs")]
    [InlineData("SELECT * FROM actors.api_keys")]
    [InlineData("SELECT * FROM workshop_private.readers")]
    [InlineData("SELECT * FROM pg_authid")]
    [InlineData("SELECT query_to_xml('SELECT * FROM actors.api_keys', true, true, '')")]
    [InlineData("SELECT database_to_xml(true, true, ''), table_to_xml('actors.api_keys', true, true, '')")]
    [InlineData("SELECT pg_read_file('/etc/passwd')")]
    [InlineData("SELECT lo_import('/etc/passwd')")]
    public async Task What_is_not_the_shops_is_refused(string query)
    {
        await using var client = await server.ClientAsync();

        Assert.Contains("Postgres refuses: permission denied", await client.RefusalAsync("run_sql", new { query }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RESET ROLE")]
    [InlineData("RESET SESSION AUTHORIZATION")]
    [InlineData("SET SESSION AUTHORIZATION DEFAULT")]
    [InlineData("SELECT set_config('role', '{owner}', false)")]
    [InlineData("SELECT set_config('session_authorization', '{owner}', false)")]
    [InlineData("SELECT set_config('role', '{owner}', true), query_to_xml('SELECT * FROM actors.jobs', true, true, '')")]
    public async Task The_session_cannot_be_turned_into_the_products(string query)
    {
        await using var client = await server.ClientAsync();
        var owner = new NpgsqlConnectionStringBuilder(server.ConnectionString).Username!;

        await client.RefusalAsync("run_sql", new { query = query.Replace("{owner}", owner, StringComparison.Ordinal) });

        // 'none' is granted to anybody and leads back to whom the session logged in as: the reader itself.
        var user = await RowsAsync(client, "SELECT set_config('role', 'none', false), session_user::text = current_user::text, session_user::text LIKE 'workshop\\_reader\\_%'");
        Assert.Equal("""[["none","t","t"]]""", user);
    }

    [Theory]
    [InlineData("SELECT pg_sleep(30)")]
    [InlineData("SELECT set_config('statement_timeout', '0', false), pg_sleep(30)")]
    [InlineData("SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000) b")]
    public async Task A_query_over_the_time_limit_is_stopped(string query)
    {
        await using var client = await server.ClientAsync();
        var started = TimeProvider.System.GetTimestamp();

        var refusal = await client.RefusalAsync("run_sql", new { query });

        Assert.Contains($"The query took longer than {WorkshopServer.StatementTimeoutMs} ms", refusal, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Rows_are_returned_up_to_the_limit_and_cut_off_past_it()
    {
        await using var client = await server.ClientAsync();

        var all = await client.CallAsync("run_sql", new { query = $"SELECT n FROM generate_series(1, {WorkshopServer.MaxRows}) AS n" });
        Assert.Equal((WorkshopServer.MaxRows, JsonValueKind.Null), (all.GetProperty("rows").GetArrayLength(), all.GetProperty("truncated").ValueKind));
        // In the select list the series is made row by row, so the cursor ends it; in FROM it would be made whole first.
        var cut = await client.CallAsync("run_sql", new { query = "SELECT generate_series(1, 1000000000)" });
        Assert.Equal(WorkshopServer.MaxRows, cut.GetProperty("rows").GetArrayLength());
        Assert.StartsWith($"Only the first {WorkshopServer.MaxRows} rows", cut.GetProperty("truncated").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_returned_up_to_the_limit_of_their_size_and_cut_off_past_it()
    {
        await using var client = await server.ClientAsync();

        var fits = await client.CallAsync("run_sql", new { query = $"SELECT repeat('x', {WorkshopServer.MaxResultChars})" });
        Assert.Equal((1, JsonValueKind.Null), (fits.GetProperty("rows").GetArrayLength(), fits.GetProperty("truncated").ValueKind));
        var cut = await client.CallAsync("run_sql", new { query = $"SELECT repeat('x', {WorkshopServer.MaxResultChars - 10}) UNION ALL SELECT 'y' UNION ALL SELECT repeat('z', 10)" });
        Assert.Equal(2, cut.GetProperty("rows").GetArrayLength());
        Assert.Contains("more than 5000 characters", cut.GetProperty("truncated").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELEC 1", "at character 1")]
    [InlineData("SELECT nope FROM orders", "describe_table")]
    [InlineData("SELECT * FROM nope", "list_tables")]
    [InlineData("", "The query is empty")]
    [InlineData("SELECT $1", "must be one SELECT")]
    [InlineData("SELECT 1 \u0000", "NUL")]
    public async Task A_mistake_is_answered_with_what_to_do(string query, string advice)
    {
        await using var client = await server.ClientAsync();

        Assert.Contains(advice, await client.RefusalAsync("run_sql", new { query }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_sees_nothing_of_another_tenants_queries()
    {
        await using var first = await server.ClientAsync("first");
        await using var second = await server.ClientAsync("second");
        const string Mine = "SELECT session_user::text";

        Assert.NotEqual(await RowsAsync(first, Mine), await RowsAsync(second, Mine));
        var seen = await RowsAsync(second, "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'workshop%' AND usename <> session_user AND query NOT LIKE '<insufficient%'");
        Assert.Equal("""[["0"]]""", seen);
    }

    [Fact]
    public async Task Queries_of_a_tenant_past_the_number_allowed_are_told_to_wait()
    {
        await using var client = await server.ClientAsync("busy");
        await RowsAsync(client, "SELECT 1");

        var refusals = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.RefusalAsync("run_sql", new { query = "SELECT pg_sleep(30)" })));

        Assert.Contains(refusals, refusal => refusal.Contains("2 queries are running already", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.Contains("The query took longer", StringComparison.Ordinal));
    }

    private static async Task<string> RowsAsync(PackServer.PackClient client, string query) =>
        JsonSerializer.Serialize((await client.CallAsync("run_sql", new { query })).GetProperty("rows"));

    /// <summary>What a write would change: the rows and the tables of the shop, and the settings of the readers.</summary>
    private async Task<string> FingerprintAsync()
    {
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false });
        await using var command = postgres.CreateCommand(
            """
            SELECT md5(schema_to_xml('workshop', true, true, '')::text)
                   || (SELECT count(*) FROM pg_class WHERE relnamespace = 'workshop'::regnamespace)
                   || (SELECT string_agg(rolname || array_to_string(rolconfig, ','), ';' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'workshop%')
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
