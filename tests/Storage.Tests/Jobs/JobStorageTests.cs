using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Testing;
using Orleans;
using Orleans.Storage;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Jobs;

public sealed class JobStorageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private StorageHarness _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await StartAsync(postgres.DataSource);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_job_that_was_never_created_reads_as_no_row()
    {
        var state = await _silo.ReadAsync(new JobKey("acme", JobKey.NewId()));

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Null(state.State!.Row);
    }

    [Theory]
    [InlineData("not-an-id")]
    [InlineData("0198C0DE00000000000000000000ABCD")]
    public async Task A_key_that_is_no_handle_of_ours_reads_as_no_row(string id)
    {
        await _silo.CreateAsync(NewRow(id: "0198c0de00000000000000000000abcd", tenant: $"t{id.Length}"));

        Assert.False((await _silo.ReadAsync(new JobKey($"t{id.Length}", id))).RecordExists);
    }

    [Fact]
    public async Task Every_field_comes_back_as_it_was_written_and_bytes_byte_for_byte()
    {
        var odd = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var row = NewRow() with
        {
            Params = Utf8("{ \"b\" : 1.0e0,\n\t\"a\":\"\\u00e9\" , \"b\":2 } "),
            ClientCapabilities = odd,
            ClientInfo = [],
            AnswersThroughJobTools = true,
            Status = JobStatus.Failed,
            StatusMessage = "Zürich 🚠 'quoted' \\ \"double\" {1,NULL}",
            StartedAt = Time(1).AddMicroseconds(1),
            EndedAt = Time(2),
            ExpiresAt = Time(3),
            Attempt = 3,
            Silo = "silo-a",
            Epoch = _silo.Lease.Epoch,
            Cancel = CancelState.TooLate,
            CancelReason = "",
            Progress = new JobProgress(0.1, double.PositiveInfinity, "half"),
            Checkpoint = new byte[3_000_000],
            Exchanges =
            [
                new(new InputRequest("k1", "elicitation/create", Utf8("{ }")), Utf8(" {\"action\":\"accept\"}\n")),
                new(new InputRequest("k2", "roots/list", null), null),
                new(new InputRequest("", "sampling/createMessage", []), []),
            ],
            Result = Utf8("{\"resultType\":\"complete\"}"),
            Error = new JobError(-32603, "It broke.", odd),
        };
        Random.Shared.NextBytes(row.Checkpoint);

        await _silo.CreateAsync(row);
        var state = await _silo.ReadAsync(row);

        Assert.True(state.RecordExists);
        Assert.Equal("1", state.ETag);
        var read = state.State!.Row!;
        Assert.True(row.Checkpoint.AsSpan().SequenceEqual(read.Checkpoint));
        Assert.Equivalent(row with { Checkpoint = null }, read with { Checkpoint = null }, strict: true);
    }

    [Fact]
    public async Task A_write_is_what_the_next_read_sees_with_the_next_version()
    {
        var state = await _silo.CreateAsync(NewRow());
        var changed = state.State!.Row! with { Status = JobStatus.Running, Attempt = 1, StartedAt = Time(1), UpdatedAt = Time(1) };

        await _silo.WriteAsync(state, changed);
        var read = await _silo.ReadAsync(changed);

        Assert.Equal("2", state.ETag);
        Assert.Equal("2", read.ETag);
        Assert.Equivalent(changed, read.State!.Row, strict: true);
    }

    [Fact]
    public async Task What_an_update_leaves_alone_stays_and_what_it_clears_goes()
    {
        var exchange = new InputExchange(new InputRequest("k", "roots/list", null), null);
        var attempt = new AttemptRecord(1, "silo-1", Time(1), Time(2), AttemptOutcome.TimedOut, "It took too long.");
        var row = NewRow() with { Checkpoint = [1, 2, 3], Exchanges = [exchange], Attempts = [attempt, attempt with { Silo = null, Error = null }], Result = [9] };
        var state = await _silo.CreateAsync(row);

        await _silo.WriteAsync(state, row with { StatusMessage = "on its way" });
        var kept = (await _silo.ReadAsync(row)).State!.Row!;
        await _silo.WriteAsync(state, row with { Checkpoint = null, Exchanges = [], Attempts = [], Result = null });
        var cleared = (await _silo.ReadAsync(row)).State!.Row!;

        Assert.Equivalent(row with { StatusMessage = "on its way" }, kept, strict: true);
        Assert.Null(cleared.Checkpoint);
        Assert.Empty(cleared.Exchanges);
        Assert.Empty(cleared.Attempts);
        Assert.Null(cleared.Result);
    }

    [Fact]
    public async Task What_few_jobs_have_is_read_as_it_was_written()
    {
        var row = NewRow() with
        {
            Priority = -7,
            Options = new JobOptions { Retry = new RetryTerms { MaxAttempts = 3, Backoff = 1.5 }, IdempotencyKey = "k", FollowUp = Utf8("{}"), RetryOf = "r" },
            RunAt = Time(60),
            AttemptStartedAt = Time(61),
            InputExpiresAt = Time(62),
        };
        await _silo.CreateAsync(row);

        Assert.Equivalent(row, (await _silo.ReadAsync(row)).State!.Row!, strict: true);
    }

    [Fact]
    public async Task An_update_after_a_read_writes_only_what_it_changes_and_loses_nothing()
    {
        var row = NewRow() with { Checkpoint = [1], Result = [2] };
        await _silo.CreateAsync(row);
        var state = await _silo.ReadAsync(row);

        await _silo.WriteAsync(state, state.State!.Row! with { Checkpoint = [7, 7] });

        var read = (await _silo.ReadAsync(row)).State!.Row!;
        Assert.Equal([7, 7], read.Checkpoint!);
        Assert.Equal([2], read.Result!);
    }

    [Fact]
    public async Task What_was_set_at_creation_is_never_rewritten()
    {
        var state = await _silo.CreateAsync(NewRow());
        var row = state.State!.Row!;

        await _silo.WriteAsync(state, row with { Tool = "other", Params = [0], CreatedAt = Time(99), StatusMessage = "x" });

        Assert.Equivalent(row with { StatusMessage = "x" }, (await _silo.ReadAsync(row)).State!.Row, strict: true);
    }

    [Fact]
    public async Task A_second_creation_of_a_job_is_a_conflict_and_changes_nothing()
    {
        var row = NewRow();
        await _silo.CreateAsync(row);

        var exception = await Assert.ThrowsAsync<InconsistentStateException>(() => _silo.CreateAsync(row with { StatusMessage = "second" }));

        Assert.Equal("1", exception.StoredEtag);
        Assert.Null((await _silo.ReadAsync(row)).State!.Row!.StatusMessage);
    }

    [Fact]
    public async Task Of_two_writers_with_the_same_version_one_wins_and_the_other_is_told()
    {
        var first = await _silo.CreateAsync(NewRow());
        var row = first.State!.Row!;
        var second = await _silo.ReadAsync(row);

        await _silo.WriteAsync(first, row with { StatusMessage = "first" });
        var exception = await Assert.ThrowsAsync<InconsistentStateException>(() => _silo.WriteAsync(second, row with { StatusMessage = "second" }));

        Assert.Equal(("2", "1"), (exception.StoredEtag, exception.CurrentEtag));
        Assert.Equal("first", (await _silo.ReadAsync(row)).State!.Row!.StatusMessage);
        Assert.Equal("1", second.ETag);
    }

    [Fact]
    public async Task Writers_of_one_job_at_the_same_moment_get_exactly_one_through()
    {
        var row = (await _silo.CreateAsync(NewRow())).State!.Row!;
        var states = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _silo.ReadAsync(row)));

        var outcomes = await Task.WhenAll(states.Select((state, index) => Outcome(_silo.WriteAsync(state, row with { StatusMessage = $"{index}" }))));

        var winner = Assert.Single(Enumerable.Range(0, 50), index => outcomes[index] is null);
        Assert.All(outcomes.Where(outcome => outcome is not null), outcome => Assert.IsType<InconsistentStateException>(outcome));
        Assert.Equal($"{winner}", (await _silo.ReadAsync(row)).State!.Row!.StatusMessage);
    }

    [Fact]
    public async Task A_cleared_job_is_gone_and_clearing_it_with_an_old_version_is_a_conflict()
    {
        var state = await _silo.CreateAsync(NewRow());
        var row = state.State!.Row!;
        var old = await _silo.ReadAsync(row);
        await _silo.WriteAsync(state, row with { StatusMessage = "moved" });

        await Assert.ThrowsAsync<InconsistentStateException>(() => _silo.ClearAsync(old));
        await _silo.ClearAsync(state);

        Assert.False(state.RecordExists);
        Assert.False((await _silo.ReadAsync(row)).RecordExists);
    }

    [Fact]
    public async Task The_same_id_in_two_tenants_is_two_jobs()
    {
        var row = NewRow("acme");
        var twin = NewRow("umbrella", row.Id) with { Tool = "theirs" };

        await Task.WhenAll(_silo.CreateAsync(row), _silo.CreateAsync(twin));

        Assert.Equal("index_docs", (await _silo.ReadAsync(row)).State!.Row!.Tool);
        Assert.Equal("theirs", (await _silo.ReadAsync(twin)).State!.Row!.Tool);
    }

    [Fact]
    public async Task A_row_under_another_key_is_refused()
    {
        var state = new GrainState<JobState>(new JobState { Row = NewRow("acme") });

        await Assert.ThrowsAsync<ArgumentException>(() => _silo.Storage.WriteStateAsync(
            "job", Orleans.Runtime.GrainId.Create("job", $"umbrella/{state.State!.Row!.Id}"), state));
    }

    [Theory]
    [InlineData(0xD83D)] // half of a surrogate pair
    [InlineData(0)]
    public async Task Text_that_postgres_cannot_hold_is_refused(int letter) =>
        await Assert.ThrowsAsync<RowRefusedException>(() => _silo.CreateAsync(NewRow() with { StatusMessage = $"a {(char)letter} in it" }));

    [Fact]
    public async Task A_write_of_another_silos_row_or_of_an_older_epoch_is_refused()
    {
        var state = await _silo.CreateAsync(NewRow());
        var row = state.State!.Row!;

        await Assert.ThrowsAsync<LeaseLostException>(() => _silo.WriteAsync(state, row with { Silo = "silo-z", Epoch = _silo.Lease.Epoch }));
        await Assert.ThrowsAsync<LeaseLostException>(() => _silo.WriteAsync(state, row with { Silo = "silo-a", Epoch = _silo.Lease.Epoch - 1 }));
        Assert.Equal("1", (await _silo.ReadAsync(row)).ETag);
    }

    private static async Task<Exception?> Outcome(Task write)
    {
        try
        {
            await write;
            return null;
        }
        catch (InconsistentStateException exception)
        {
            return exception;
        }
    }
}
