using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Tests.Pack;
using Actors.Storage.Leases;
using Actors.Tenants;
using Actors.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Actors.Silo.Tests;

/// <summary>A real silo in this process, on a real database, with the pack of this assembly.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private TestSilo(IHost host) => Host = host;

    public IHost Host { get; }

    public IGrainFactory Grains => Host.Services.GetRequiredService<IGrainFactory>();

    /// <param name="connectionString">Its database.</param>
    /// <param name="configure">What is different about it.</param>
    /// <param name="settings">The configuration that names its packs, in place of the pack of this assembly.</param>
    public static async Task<TestSilo> StartAsync(
        string connectionString, Action<IHostApplicationBuilder>? configure = null, Dictionary<string, string?>? settings = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration["Actors:Storage:ConnectionString"] = connectionString;
        builder.AddActorsSilo(silo => silo.UseLocalhostClustering());
        if (settings is null)
        {
            builder.AddToolPack(typeof(TestPack).Assembly);
        }

        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host);
    }

    public JobKey NewJob(Principal? owner = null) => new((owner ?? Ask.Ann).Tenant, JobKey.NewId());

    public IJobGrain Job(string id, Principal? owner = null) =>
        Grains.GetGrain<IJobGrain>(new JobKey((owner ?? Ask.Ann).Tenant, id).ToString());

    public IJobAttemptGrain Attempt(string id) =>
        Grains.GetGrain<IJobAttemptGrain>(new JobKey(Ask.Ann.Tenant, id).ToString());

    public Task<JobSnapshot> CreateAsync(PrimitiveCall call, DateTimeOffset? startAt, int priority = 0) =>
        Grains.GetGrain<IJobGrain>(NewJob(call.Caller).ToString()).CreateAsync(new JobRequest { Call = call, StartAt = startAt, Priority = priority });

    public Task<JobSnapshot> CreateAsync(PrimitiveCall call, JobKey? key = null, long? ttlMs = null) =>
        Grains.GetGrain<IJobGrain>((key ?? NewJob(call.Caller)).ToString()).CreateAsync(new JobRequest { Call = call, TtlMs = ttlMs });

    public Task<PrimitiveOutcome> CallAsync(PrimitiveCall call) => Grains.GetGrain<IPrimitiveGrain>("any").InvokeAsync(call);

    public async Task<JobSnapshot> RunAsync(PrimitiveCall call) => await EndOfAsync((await CreateAsync(call)).Id);

    public Task<JobSnapshot> EndOfAsync(string id) => UntilAsync(id, job => job.IsTerminal);

    public async Task<JobSnapshot> UntilEndAsync(JobSnapshot job, Principal owner)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await Job(job.Id, owner).WatchAsync(owner, deadline.Token).FirstAsync(seen => seen.IsTerminal, deadline.Token);
    }

    /// <summary>The first state seen that is as wanted.</summary>
    public async Task<JobSnapshot> UntilAsync(string id, Func<JobSnapshot, bool> wanted)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        JobSnapshot? last = null;
        do
        {
            try
            {
                await foreach (var job in Job(id).WatchAsync(Ask.Ann, deadline.Token))
                {
                    if (wanted(job))
                    {
                        return job;
                    }

                    last = job;
                }
            }
            catch (EnumerationAbortedException)
            {
                // A watch ends early where the job goes to another activation: between its attempts, for instance.
            }
        }
        while (last is { IsTerminal: false });

        throw new InvalidOperationException($"The job ended as {last?.Status.ToString() ?? "no job"} before it was as wanted.");
    }

    /// <summary>Ends the silo as a crash would: no drain, no farewell to the database.</summary>
    public async Task CrashAsync()
    {
        await Host.Services.GetRequiredService<NpgsqlDataSource>().DisposeAsync();
        await Host.Services.GetRequiredKeyedService<NpgsqlDataSource>("lease").DisposeAsync();
        Host.Services.GetRequiredService<SiloLease>().Dispose();
        Host.Services.GetRequiredService<AttemptRunner>().AbandonAll();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        Host.Dispose();
    }
}
