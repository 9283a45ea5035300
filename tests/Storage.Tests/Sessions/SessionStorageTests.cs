using Actors.Sessions;
using Actors.Storage.Sessions;
using Actors.Tenants;
using Actors.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Xunit;

namespace Actors.Storage.Tests.Sessions;

public sealed class SessionStorageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly SessionStorage _storage = new(new SessionTable(postgres.DataSource));

    [Fact]
    public async Task A_session_is_read_back_as_it_was_written()
    {
        var id = NewId();
        var written = new GrainState<SessionState>(new SessionState { Row = Row(Now) });
        await _storage.WriteStateAsync("session", id, written);
        written.State!.Row = written.State.Row! with { LogLevel = "debug", Subscriptions = ["a://b", "c://d"], Tasks = ["t"], LastSeenAt = Now.AddMinutes(1) };
        await _storage.WriteStateAsync("session", id, written);

        var read = await ReadAsync(id);

        Assert.Equal((true, "2"), (read.RecordExists, read.ETag));
        var row = read.State!.Row!;
        Assert.Equal(written.State.Row.Start.Owner, row.Start.Owner);
        Assert.Equal(written.State.Row.Start.ClientCapabilities, row.Start.ClientCapabilities);
        Assert.Null(row.Start.ClientInfo);
        Assert.Equal(("2025-11-25", "debug", Now, Now.AddMinutes(1)), (row.Start.ProtocolVersion, row.LogLevel, row.CreatedAt, row.LastSeenAt));
        Assert.Equal(["a://b", "c://d"], row.Subscriptions);
        Assert.Equal(["t"], row.Tasks);
    }

    [Fact]
    public async Task Of_two_writers_the_later_one_is_refused()
    {
        var id = NewId();
        await _storage.WriteStateAsync("session", id, new GrainState<SessionState>(new SessionState { Row = Row(Now) }));
        var (one, other) = (await ReadAsync(id), await ReadAsync(id));

        await _storage.WriteStateAsync("session", id, one);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("session", id, other));
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => _storage.WriteStateAsync("session", id, new GrainState<SessionState>(new SessionState { Row = Row(Now) })));
    }

    [Fact]
    public async Task A_cleared_session_is_gone()
    {
        var id = NewId();
        var state = new GrainState<SessionState>(new SessionState { Row = Row(Now) });
        await _storage.WriteStateAsync("session", id, state);

        await _storage.ClearStateAsync("session", id, state);

        var read = await ReadAsync(id);
        Assert.False(read.RecordExists);
        Assert.Null(read.State!.Row);
    }

    [Fact]
    public async Task Sessions_that_nobody_uses_are_purged_and_no_others()
    {
        var (idle, used) = (NewId(), NewId());
        await _storage.WriteStateAsync("session", idle, new GrainState<SessionState>(new SessionState { Row = Row(TimeProvider.System.GetUtcNow().AddDays(-2)) }));
        await _storage.WriteStateAsync("session", used, new GrainState<SessionState>(new SessionState { Row = Row(TimeProvider.System.GetUtcNow()) }));

        while (await new SessionTable(postgres.DataSource).PurgeAsync(TimeSpan.FromDays(1), 1, TestContext.Current.CancellationToken) > 0)
        {
            // One at a time, as the limit says.
        }

        Assert.False((await ReadAsync(idle)).RecordExists);
        Assert.True((await ReadAsync(used)).RecordExists);
    }

    private async Task<GrainState<SessionState>> ReadAsync(GrainId id)
    {
        var state = new GrainState<SessionState>(new SessionState());
        await _storage.ReadStateAsync("session", id, state);
        return state;
    }

    private static GrainId NewId() => GrainId.Create("session", new SessionKey("acme", SessionKey.NewId()).ToString());

    private static SessionRow Row(DateTimeOffset seenAt) => new()
    {
        Start = new SessionStart
        {
            Owner = new Principal("acme", "actors", "ada", "key-1"),
            ProtocolVersion = "2025-11-25",
            ClientCapabilities = "{\"roots\":{}}"u8.ToArray(),
        },
        CreatedAt = Now,
        LastSeenAt = seenAt,
    };
}
