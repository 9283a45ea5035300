using System.Text;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.AdoNet;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Contract.Tests.StandIn.AdoNet;

/// <summary>States in OrleansStorage, through a silo's own grain storage.</summary>
public sealed class StorageTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("ledger", "key");

    private string _database = "";
    private TestSilo? _silo;

    private IGrainStorage Storage => _silo!.Host.Services.GetRequiredKeyedService<IGrainStorage>("database");

    private IGrainStorage Deleting => _silo!.Host.Services.GetRequiredKeyedService<IGrainStorage>("deleting");

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync(withSchema: false);
        _silo = await TestSilo.StartAsync(silo => silo
            .AddAdoNetGrainStorage("database", (AdoNetGrainStorageOptions options) => Configure(options))
            .AddAdoNetGrainStorage("deleting", (AdoNetGrainStorageOptions options) =>
            {
                Configure(options);
                options.DeleteStateOnClear = true;
            }));
    }

    public ValueTask DisposeAsync() => _silo!.DisposeAsync();

    [Fact]
    public async Task A_grain_keeps_its_state()
    {
        var grain = _silo!.Grains.GetGrain<IStoredGrain>("a");
        Assert.Equal(0, await grain.AddAsync(0));
        Assert.Equal(5, await grain.AddAsync(5));
        await grain.LeaveAsync();
        Assert.Equal(7, await grain.AddAsync(2));
        Assert.Equal(0, await _silo.Grains.GetGrain<IStoredGrain>("b").AddAsync(0));
    }

    [Fact]
    public async Task A_state_is_written_read_and_cleared()
    {
        var state = await ReadAsync(Storage, Grain);
        Assert.Equal((false, null), (state.RecordExists, state.ETag));

        state.State = new Note { Text = "one" };
        await Storage.WriteStateAsync("note", Grain, state);
        Assert.Equal((true, "1"), (state.RecordExists, state.ETag));
        state.State.Text = "two";
        await Storage.WriteStateAsync("note", Grain, state);
        var read = await ReadAsync(Storage, Grain);
        Assert.Equal(("two", true, "2"), (read.State!.Text, read.RecordExists, read.ETag));

        await Storage.ClearStateAsync("note", Grain, state);
        Assert.Equal((false, "3", null), (state.RecordExists, state.ETag, state.State));
        read = await ReadAsync(Storage, Grain);
        Assert.Equal((false, "3", null), (read.RecordExists, read.ETag, read.State));
        read.State = new Note { Text = "three" };
        await Storage.WriteStateAsync("note", Grain, read);
        Assert.Equal("4", read.ETag);
    }

    [Fact]
    public async Task A_cleared_state_leaves_no_row_where_the_options_say_so()
    {
        var state = new GrainState<Note>(new Note { Text = "one" });
        await Deleting.WriteStateAsync("note", Grain, state);
        await Deleting.ClearStateAsync("note", Grain, state);
        Assert.Equal((false, null), (state.RecordExists, state.ETag));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM OrleansStorage"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("9")]
    public async Task A_write_or_clear_with_another_etag_than_the_stored_one_is_refused(string? etag)
    {
        var state = new GrainState<Note>(new Note { Text = "one" });
        await Storage.WriteStateAsync("note", Grain, state);
        await Storage.WriteStateAsync("note", Grain, state);

        var stale = new GrainState<Note>(new Note { Text = "stale" }, etag) { RecordExists = true };
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("note", Grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("note", Grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Deleting.ClearStateAsync("note", Grain, stale));
        Assert.Equal(("one", "2"), ((await ReadAsync(Storage, Grain)).State!.Text, (await ReadAsync(Storage, Grain)).ETag));
    }

    [Fact]
    public async Task Of_many_first_writes_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            try
            {
                await Storage.WriteStateAsync("note", Grain, new GrainState<Note>(new Note { Text = $"{i}" }));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, isWritten => isWritten);
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM OrleansStorage"));
    }

    [Fact]
    public async Task States_of_other_grains_names_and_keys_are_other_states()
    {
        var guid = Guid.NewGuid();
        GrainId[] grains =
        [
            Grain, GrainId.Create("ledger", "key2"), GrainId.Create(GrainType.Create("ledger"), GrainIdKeyExtensions.CreateIntegerKey(7)),
            GrainId.Create(GrainType.Create("ledger"), GrainIdKeyExtensions.CreateIntegerKey(7, "x")), GrainId.Create(GrainType.Create("ledger"), GrainIdKeyExtensions.CreateGuidKey(guid)),
            GrainId.Create(GrainType.Create("ledger"), GrainIdKeyExtensions.CreateGuidKey(guid, "x"))
        ];
        foreach (var grain in grains)
            await Storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note { Text = grain.ToString() }));
        await Storage.WriteStateAsync("other", Grain, new GrainState<Note>(new Note { Text = "other" }));

        foreach (var grain in grains) Assert.Equal(grain.ToString(), (await ReadAsync(Storage, grain)).State!.Text);
        Assert.Equal(7L, await ScalarAsync("SELECT count(*) FROM OrleansStorage"));
        Assert.Equal(2L, await ScalarAsync("SELECT count(*) FROM OrleansStorage WHERE GrainIdN0 = 0 AND GrainIdN1 = 7"));
        Assert.Equal(2L, await ScalarAsync("SELECT count(*) FROM OrleansStorage WHERE GrainIdExtensionString = 'x'"));
    }

    [Fact]
    public async Task A_state_that_Orleans_wrote_is_read()
    {
        await Storage.WriteStateAsync("note", Grain, new GrainState<Note>(new Note()));
        await ExecuteAsync("UPDATE OrleansStorage SET PayloadBinary = @payload", Encoding.UTF8.GetBytes(
            """
            {"$id":"1","$type":"Some.Namespace.Note, Some.Assembly","Text":"theirs","Lines":{"$type":"System.Collections.Generic.List`1[[System.String, System.Private.CoreLib]], System.Private.CoreLib","$values":["a","b"]},
             "Inner":{"$id":"2","$type":"Some.Namespace.Note, Some.Assembly","Text":"inner"},"Same":{"$ref":"2"},"Data":{"$type":"System.Byte[], System.Private.CoreLib","$value":"AQI="}}
            """));
        var note = (await ReadAsync(Storage, Grain)).State!;
        Assert.Equal(("theirs", "inner", "inner"), (note.Text, note.Inner!.Text, note.Same!.Text));
        Assert.Equal(["a", "b"], note.Lines);
        Assert.Equal([1, 2], note.Data!);
    }

    [Fact]
    public async Task What_the_JSON_would_lose_is_refused_and_not_written()
    {
        var state = new GrainState<Note>(new Note { Inner = new LongNote { Text = "x", More = "y" } });
        await Assert.ThrowsAsync<NotSupportedException>(() => Storage.WriteStateAsync("note", Grain, state));
        state.State!.Inner = null;
        state.State.Others = [new Note(), new LongNote()];
        await Assert.ThrowsAsync<NotSupportedException>(() => Storage.WriteStateAsync("note", Grain, state));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM OrleansStorage"));
        state.State.Others = [new Note { Text = "plain" }];
        await Storage.WriteStateAsync("note", Grain, state);
        Assert.Equal("plain", (await ReadAsync(Storage, Grain)).State!.Others.Single().Text);
    }

    [Theory]
    [InlineData("", 0x02CC5D05u)]
    [InlineData("a", 0x550D7456u)]
    [InlineData("abc", 0x32D153FFu)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2Fu)]
    public void The_hash_columns_hold_xxHash(string text, uint hash) => Assert.Equal(hash, XxHash32.Hash(Encoding.UTF8.GetBytes(text)));

    private static async Task<GrainState<Note>> ReadAsync(IGrainStorage storage, GrainId grain)
    {
        var state = new GrainState<Note>();
        await storage.ReadStateAsync("note", grain, state);
        return state;
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(string sql, byte[] payload)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("payload", payload);
        await command.ExecuteNonQueryAsync();
    }

    private void Configure(AdoNetGrainStorageOptions options)
    {
        options.Invariant = "Npgsql";
        options.ConnectionString = _database;
    }
}
