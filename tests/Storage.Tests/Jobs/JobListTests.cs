using Actors.Storage.Jobs;
using Actors.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Xunit;

namespace Actors.Storage.Tests.Jobs;

/// <summary>What a list finds is what a look at each job would find, whichever way it is found.</summary>
public sealed class JobListTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private const int Lists = 150;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pages_of_a_list_hold_every_job_that_matches_once_and_the_newest_first()
    {
        var seed = (ulong)Random.Shared.NextInt64() | 1;
        output.WriteLine($"Seed {seed}");
        await using var silo = await StorageHarness.StartAsync(postgres.DataSource, "lists");

        // The lists block the thread they are read on.
        await Task.Run(
            () => Check.One(
                Config.QuickThrowOnFailure.WithMaxTest(Lists).WithReplay(new Replay(new Rnd(seed, seed), null)),
                Prop.ForAll(ListedJobs.Arbitrary, listed => CheckAsync(silo, listed).GetAwaiter().GetResult())),
            Cancellation);
    }

    private async Task CheckAsync(StorageHarness silo, ListedJobs listed)
    {
        var tenant = $"t-{Guid.NewGuid():N}";
        var rows = listed.Jobs.Select(job => job.Row(tenant, silo.Lease)).ToList();
        await Task.WhenAll(rows.Select(silo.CreateAsync));
        var expected = rows.Zip(listed.Jobs).Where(pair => pair.Second.Matches(listed.Filter)).Select(pair => pair.First)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id, StringComparer.Ordinal).Select(row => row.Id);

        var options = new StorageOptions { Jobs = { MaxSearchedJobs = listed.MaxSearched } };
        var queries = new JobQueries(postgres.DataSource, Options.Create(options));
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await queries.ListAsync(StorageHarness.NewRow(tenant).Owner, listed.Filter, cursor, listed.PageSize, Cancellation);
            Assert.InRange(page.Jobs.Count, page.NextCursor is null || page.IsPart ? 0 : listed.PageSize, listed.PageSize);
            found.AddRange(page.Jobs.Select(job => job.Id));
            Assert.NotEqual(cursor ?? "", page.NextCursor);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(expected, found);
    }
}
