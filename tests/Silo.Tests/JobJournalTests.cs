using System.Text;
using Actors.Jobs;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

public sealed class JobJournalTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task A_jobs_states_and_progress_are_on_record_in_order()
    {
        var job = await fixture.Silo.CreateAsync(Ask.Tool("talkative", new { times = 10, gate = "journal-1" }));
        await fixture.Silo.UntilAsync(job.Id, j => j.Progress?.Progress == 10);
        Gates.Open("journal-1");
        await fixture.Silo.EndOfAsync(job.Id);
        var lines = await ReadAsync(job.Id);
        Assert.Equal(["Running", "Completed"], lines.Where(l => l.Kind is JournalKind.State).Select(l => l.Text));
        Assert.Contains(lines, l => l.Kind is JournalKind.Progress);
    }

    [Fact]
    public async Task A_tools_log_lines_are_on_record_and_one_past_the_limit_says_so()
    {
        var job = await fixture.Silo.RunAsync(Ask.Tool("logs", new { lines = 3, bytes = SiloFixture.MaxLogLineBytes - 2 }));
        var lines = (await ReadAsync(job.Id)).Where(l => l.Kind is JournalKind.Log).ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, l => Assert.Equal(("notice", "pack"), (l.Level, l.Text)));
        var over = await fixture.Silo.RunAsync(Ask.Tool("logs", new { lines = 1, bytes = SiloFixture.MaxLogLineBytes - 1 }));
        var left = Assert.Single(await ReadAsync(over.Id), l => l.Kind is JournalKind.Log);
        Assert.Contains("was left out", Encoding.UTF8.GetString(left.Data!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_in_the_list_says_how_it_ended()
    {
        var job = await fixture.Silo.RunAsync(Ask.Tool("protocol_error"));
        var jobs = fixture.Silo.Host.Services.GetRequiredService<JobQueries>();
        var page = await jobs.ListAsync(Ask.Ann, new JobFilter { Tool = "protocol_error" }, null, 10);
        var listed = Assert.Single(page.Jobs, j => j.Id == job.Id);
        Assert.Equal((JobStatus.Failed, "not today"), (listed.Status, listed.StatusMessage));
    }

    private async Task<IReadOnlyList<JournalLine>> ReadAsync(string job)
    {
        var journal = fixture.Silo.Host.Services.GetRequiredService<Journal>();
        await journal.FlushAsync();
        return (await journal.ReadAsync(Ask.Ann, job, new() { Limit = 100 })).Lines;
    }
}
