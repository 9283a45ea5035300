using Orleans.Runtime;

namespace Orleans.Contract.Tests.Activations;

internal sealed class RecordingParticipant : ILifecycleParticipant<ISiloLifecycle>
{
    public List<string> Events { get; } = [];

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe<RecordingParticipant>(
        ServiceLifecycleStage.Active,
        _ =>
        {
            Events.Add("start");
            return Task.CompletedTask;
        },
        _ =>
        {
            Events.Add("stop");
            return Task.CompletedTask;
        });
}
