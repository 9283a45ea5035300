using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Testing;
using Actors.Tools;
using Npgsql;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Jobs;

/// <summary>While a cluster is upgraded, silos of two versions write the same table.</summary>
public sealed class NewerVersionTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly ImmutableArray<InputExchange> Exchanges =
    [
        new InputExchange(new InputRequest("input-1", "elicitation/create", Utf8("{ }")), Utf8("[1]")) { Later = [7, 0, 255] },
        new InputExchange(new InputRequest("input-2", "roots/list", null), null),
    ];

    private NpgsqlDataSource _dataSource = null!;
    private StorageHarness _silo = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        _silo = await StartAsync(_dataSource);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    [Fact]
    public async Task A_column_that_a_newer_version_added_keeps_its_value()
    {
        await RunAsync("ALTER TABLE actors.jobs ADD COLUMN newer text DEFAULT 'nothing'");
        var created = await _silo.CreateAsync(NewRow());
        var row = created.State!.Row!;
        await RunAsync($"UPDATE actors.jobs SET newer = 'something' WHERE id = '{row.Id}'");

        await _silo.WriteAsync(created, row with { StatusMessage = "written by the older", Checkpoint = [1] });

        Assert.Equal("something", await RunAsync($"SELECT newer FROM actors.jobs WHERE id = '{row.Id}'"));
        Assert.Equal("written by the older", (await _silo.ReadAsync(row)).State!.Row!.StatusMessage);
    }

    [Fact]
    public async Task What_a_newer_version_stored_with_a_question_survives_its_answer()
    {
        var created = await _silo.CreateAsync(NewRow() with { Exchanges = Exchanges });
        var read = await _silo.ReadAsync(created.State!.Row!);
        var row = read.State!.Row!;
        Assert.Equal(Exchanges[0].Later, row.Exchanges[0].Later);
        Assert.Null(row.Exchanges[1].Later);

        await _silo.WriteAsync(read, row with { Exchanges = row.Exchanges.SetItem(0, row.Exchanges[0] with { Answer = Utf8("[2]") }) });

        var again = (await _silo.ReadAsync(row)).State!.Row!.Exchanges;
        Assert.Equal(Exchanges[0].Later, again[0].Later);
        Assert.Equal(Utf8("[2]"), again[0].Answer);
        Assert.Equivalent(Exchanges[1], again[1], strict: true);
    }

    [Fact]
    public async Task Questions_of_the_first_format_are_still_read()
    {
        var created = await _silo.CreateAsync(NewRow());
        var row = created.State!.Row!;
        await RunAsync($"UPDATE actors.jobs SET exchanges = '\\x0101016b016dffffffff010000005b' WHERE id = '{row.Id}'");

        var exchange = Assert.Single((await _silo.ReadAsync(row)).State!.Row!.Exchanges);

        Assert.Equivalent(new InputExchange(new InputRequest("k", "m", null), Utf8("[")), exchange, strict: true);
    }

    [Theory]
    [InlineData("status = 6, ended_at = now()")]
    [InlineData("cancel = 6")]
    [InlineData("exchanges = '\\x0900'")]
    public async Task A_row_that_is_not_understood_is_left_to_newer_silos_and_holds_up_no_other(string change)
    {
        await RunAsync("ALTER TABLE actors.jobs DROP CONSTRAINT jobs_status_check, DROP CONSTRAINT jobs_cancel_check");
        var newer = (await _silo.CreateAsync(NewRow())).State!.Row!;
        var known = (await _silo.CreateAsync(NewRow())).State!.Row!;
        await RunAsync($"UPDATE actors.jobs SET {change} WHERE id = '{newer.Id}'");
        var before = await RunAsync($"SELECT j::text FROM actors.jobs j WHERE id = '{newer.Id}'");

        var reads = (Refused: _silo.ReadAsync(newer), Answered: _silo.ReadAsync(known));

        await Assert.ThrowsAsync<WrongSiloException>(() => reads.Refused);
        Assert.True((await reads.Answered).RecordExists);
        Assert.Equal(before, await RunAsync($"SELECT j::text FROM actors.jobs j WHERE id = '{newer.Id}'"));
    }

    private async Task<object?> RunAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
