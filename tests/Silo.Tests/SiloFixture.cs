using Actors.Grains.Jobs;
using Actors.Silo.Calls;
using Actors.Silo.Recovery;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

/// <summary>One silo for a test class, with limits low enough to be met.</summary>
public sealed class SiloFixture(PostgresServer server) : IAsyncLifetime
{
    internal const int MaxResultBytes = 20_000;
    internal const int MaxCheckpointBytes = 10_000;
    internal const int MaxParamsBytes = 5_000;
    internal const int MaxAnswerBytes = 1_000;
    internal const int MaxQuestions = 3;
    internal const int MaxQuestionBytes = 2_000;
    internal const int MaxLogLineBytes = 500;
    internal const int MaxStepBytes = 2_000;
    internal const int MaxStepBytesPerJob = 5_000;
    internal const int MaxStepsPerJob = 8;
    internal const int MaxRoundsPerAttempt = 5;
    internal static readonly TimeSpan MaxTtl = TimeSpan.FromDays(30);

    internal TestSilo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Silo = await TestSilo.StartAsync(await server.CreateDatabaseAsync(), builder =>
    {
        builder.Services.Configure<CallOptions>(o =>
        {
            o.InlineTimeout = TimeSpan.FromSeconds(2);
            o.CheckStructuredContent = true;
            o.MaxRoundsPerAttempt = MaxRoundsPerAttempt;
        });
        builder.Services.Configure<RetentionOptions>(o => o.SweepEvery = TimeSpan.FromMilliseconds(100));
        builder.Services.Configure<Storage.Queue.QuotaOptions>(o => o.MaxTtlSeconds = (long)MaxTtl.TotalSeconds);
        builder.Services.Configure<JobLimits>(o =>
        {
            o.MaxResultBytes = MaxResultBytes;
            o.MaxCheckpointBytes = MaxCheckpointBytes;
            o.MaxParamsBytes = MaxParamsBytes;
            o.MaxAnswerBytes = MaxAnswerBytes;
            o.MaxQuestions = MaxQuestions;
            o.MaxQuestionBytes = MaxQuestionBytes;
            o.MaxLogLineBytes = MaxLogLineBytes;
            o.MaxStepBytes = MaxStepBytes;
            o.MaxStepBytesPerJob = MaxStepBytesPerJob;
            o.MaxStepsPerJob = MaxStepsPerJob;
        });
    });

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
