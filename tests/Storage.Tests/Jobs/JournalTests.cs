using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;
using Actors.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Jobs;

public sealed class JournalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private StorageHarness _silo = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _silo = await StartAsync(postgres.DataSource);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task What_was_appended_is_read_in_order_page_by_page()
    {
        await using var journal = Journal();
        var (job, owner) = await NewJobAsync();
        for (var index = 0; index < 25; index++) journal.Append(Entry(job, JournalKind.Log, $"line {index}"));
        await journal.FlushAsync(Cancellation);

        var read = new List<JournalLine>();
        while ((await journal.ReadAsync(owner, job.Id, new() { After = read.LastOrDefault()?.Seq ?? 0, Limit = 10 }, Cancellation)).Lines is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 10);
            read.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(index => $"line {index}"), read.Select(line => line.Text));
    }

    [Fact]
    public async Task The_tail_is_the_last_entries_in_order()
    {
        await using var journal = Journal();
        var (job, owner) = await NewJobAsync();
        for (var index = 0; index < 10; index++) journal.Append(Entry(job, JournalKind.Log, $"{index}"));
        await journal.FlushAsync(Cancellation);

        var tail = (await journal.ReadAsync(owner, job.Id, new() { After = 0, Limit = 3, Tail = true }, Cancellation)).Lines;
        var nothingNew = (await journal.ReadAsync(owner, job.Id, new() { After = tail[^1].Seq, Limit = 3, Tail = true }, Cancellation)).Lines;

        Assert.Equal(["7", "8", "9"], tail.Select(line => line.Text));
        Assert.Empty(nothingNew);
    }

    [Fact]
    public async Task An_entry_comes_back_as_it_was_without_anybody_flushing()
    {
        await using var journal = Journal();
        var (job, owner) = await NewJobAsync();
        journal.Append(new JournalEntry { Job = job, At = Time(1), Kind = JournalKind.Log, Level = "warning", Text = "é", Data = [0, 255, 10] });

        IReadOnlyList<JournalLine> lines = [];
        while (lines.Count == 0) lines = (await journal.ReadAsync(owner, job.Id, new() { After = 0, Limit = 10 }, Cancellation)).Lines;

        Assert.Equivalent(new JournalLine(lines[0].Seq, Time(1), JournalKind.Log, "warning", "é", [0, 255, 10]), lines[0], strict: true);
    }

    [Fact]
    public async Task Another_subject_issuer_or_tenant_reads_nothing()
    {
        await using var journal = Journal();
        var (job, owner) = await NewJobAsync();
        journal.Append(Entry(job, JournalKind.Log, "secret"));
        await journal.FlushAsync(Cancellation);

        Principal[] strangers = [owner with { Subject = "bob" }, owner with { Issuer = "anonymous" }, owner with { Tenant = "umbrella" }];

        Assert.Single((await journal.ReadAsync(owner with { Client = "another key" }, job.Id, new() { After = 0, Limit = 10 }, Cancellation)).Lines);
        foreach (var stranger in strangers) Assert.Empty((await journal.ReadAsync(stranger, job.Id, new() { After = 0, Limit = 10 }, Cancellation)).Lines);
        Assert.Empty((await journal.ReadAsync(owner, "no-handle", new() { After = 0, Limit = 10 }, Cancellation)).Lines);
    }

    [Fact]
    public async Task A_job_keeps_its_states_then_its_lines_then_its_latest_progress()
    {
        await using var journal = Journal(options => options.MaxEntriesPerJob = 40);
        var (job, owner) = await NewJobAsync();
        for (var index = 0; index < 300; index++)
        {
            journal.Append(Entry(job, JournalKind.Progress, $"progress {index}"));
            if (index % 30 == 0) journal.Append(Entry(job, JournalKind.State, $"state {index}"));
            if (index % 20 == 0) journal.Append(Entry(job, JournalKind.Log, $"line {index}"));
            if (index % 7 == 0) await journal.FlushAsync(Cancellation);
        }

        await journal.FlushAsync(Cancellation);
        var kept = (await journal.ReadAsync(owner, job.Id, new() { After = 0, Limit = 1000 }, Cancellation)).Lines;

        Assert.InRange(kept.Count, 40, 50);
        Assert.Equal(10, kept.Count(line => line.Kind is JournalKind.State));
        Assert.Equal(15, kept.Count(line => line.Kind is JournalKind.Log));
        Assert.Contains(kept, line => line.Text == "progress 299");
        Assert.DoesNotContain(kept, line => line.Text == "progress 0");
    }

    [Fact]
    public async Task A_job_keeps_no_more_bytes_than_its_bound()
    {
        await using var journal = Journal(options => options.MaxBytesPerJob = 10_000);
        var (job, owner) = await NewJobAsync();
        for (var index = 0; index < 30; index++)
        {
            journal.Append(Entry(job, JournalKind.Log, new string('x', 1_000)));
            await journal.FlushAsync(Cancellation);
        }

        var kept = (await journal.ReadAsync(owner, job.Id, new() { After = 0, Limit = 1000 }, Cancellation)).Lines;

        Assert.InRange(kept.Sum(line => line.Text!.Length), 8_000, 12_500);
    }

    [Fact]
    public async Task A_text_too_long_is_cut_one_that_cannot_be_stored_is_mended_and_data_too_large_is_left_out()
    {
        await using var journal = Journal(options => (options.MaxTextLength, options.MaxDataBytes) = (5, 4));
        var (job, owner) = await NewJobAsync();
        journal.Append(Entry(job, JournalKind.Log, "0123456789") with { Data = new byte[5] });
        journal.Append(Entry(job, JournalKind.Log, "a\0b" + (char)0xD800) with { Data = new byte[4] });
        await journal.FlushAsync(Cancellation);

        var lines = (await journal.ReadAsync(owner, job.Id, new() { After = 0, Limit = 10 }, Cancellation)).Lines;

        Assert.Equal(["01234", "a\uFFFDb\uFFFD"], lines.Select(line => line.Text));
        Assert.Null(lines[0].Data);
        Assert.Equal(4, lines[1].Data!.Length);
        Assert.Throws<ArgumentException>(() => journal.Append(Entry(new JobKey("acme", "no-handle"), JournalKind.Log, "")));
    }

    [Fact]
    public void A_full_buffer_drops_progress_first_and_counts_what_it_drops()
    {
        var job = new JobKey("acme", JobKey.NewId());
        var buffer = new JournalBuffer(3);

        foreach (var (kind, text) in new[]
                 {
                     (JournalKind.Progress, "p1"), (JournalKind.State, "s1"), (JournalKind.Progress, "p2"),
                     (JournalKind.Progress, "p3"), (JournalKind.Log, "l1"), (JournalKind.State, "s2"), (JournalKind.State, "s3"),
                 })
            buffer.Add(Entry(job, kind, text));

        Assert.Equal(["s1", "l1", "s2"], buffer.Take(10).Select(entry => entry.Text));
        Assert.Equal(4, buffer.Dropped);
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public async Task What_was_appended_before_the_end_of_the_process_is_written()
    {
        var (job, owner) = await NewJobAsync();
        await using (var writer = Journal()) writer.Append(Entry(job, JournalKind.State, "last"));

        await using var journal = Journal();
        Assert.Single((await journal.ReadAsync(owner, job.Id, new() { After = 0, Limit = 10 }, Cancellation)).Lines);
    }

    private static JournalEntry Entry(JobKey job, JournalKind kind, string text) => new() { Job = job, At = Time(0), Kind = kind, Text = text };

    private async Task<(JobKey Job, Principal Owner)> NewJobAsync()
    {
        var row = NewRow();
        await _silo.CreateAsync(row);
        return (new JobKey(row.Owner.Tenant, row.Id), row.Owner);
    }

    private Journal Journal(Action<JournalOptions>? configure = null)
    {
        var options = new StorageOptions();
        configure?.Invoke(options.Journal);
        return new Journal(postgres.DataSource, Options.Create(options), TimeProvider.System, NullLogger<Journal>.Instance);
    }
}
