using Actors.Storage.Jobs;
using Actors.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Silo.Tests;

/// <summary>The storage of jobs, on a wire that loses a chosen write, or the answer to it.</summary>
internal sealed class LossyStorage(JobStorage storage) : IGrainStorage
{
    private Func<JobRow, bool>? _write;
    private Func<JobRow, bool>? _answer;

    public static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LossyStorage>();
        builder.Services.AddKeyedSingleton<IGrainStorage>(JobStorage.Name, (services, _) => services.GetRequiredService<LossyStorage>());
    }

    /// <summary>No write begins before it.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>No writer hears that its row is stored before it.</summary>
    public Task HeldAnswer { get; set; } = Task.CompletedTask;

    /// <summary>The next such row is not stored, and its writer is told that nobody knows.</summary>
    public void LoseWrite(Func<JobRow, bool> which) => Volatile.Write(ref _write, which);

    /// <summary>The next such row is stored, and its writer is told that nobody knows.</summary>
    public void LoseAnswer(Func<JobRow, bool> which) => Volatile.Write(ref _answer, which);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = ((IGrainState<JobState>)grainState).State!.Row!;
        await Held;
        ThrowIfLost(ref _write, row);
        var version = grainState.ETag;
        await storage.WriteStateAsync(stateName, grainId, grainState);
        await HeldAnswer;
        try
        {
            ThrowIfLost(ref _answer, row);
        }
        catch
        {
            grainState.ETag = version;
            throw;
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ClearStateAsync(stateName, grainId, grainState);

    private static void ThrowIfLost(ref Func<JobRow, bool>? which, JobRow row)
    {
        if (Volatile.Read(ref which) is { } chosen && chosen(row))
        {
            Volatile.Write(ref which, null);
            throw new StorageUnavailableException("Nobody knows.");
        }
    }
}
