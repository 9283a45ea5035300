using Actors.Jobs;
using Actors.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Frontend.Tests;

/// <summary>The storage of jobs, from which a job of one tool does not hear for a while that its completion is stored.</summary>
internal sealed class HeldStorage(JobStorage storage) : IGrainStorage
{
    public const string Tool = "gated";

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<HeldStorage>();
        services.AddKeyedSingleton<IGrainStorage>(JobStorage.Name, (provider, _) => provider.GetRequiredService<HeldStorage>());
    }

    public void Release() => _released.TrySetResult();

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = ((IGrainState<JobState>)grainState).State!.Row!;
        await storage.WriteStateAsync(stateName, grainId, grainState);
        if (row is { Tool: Tool, Status: JobStatus.Completed })
            await _released.Task;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ClearStateAsync(stateName, grainId, grainState);
}
