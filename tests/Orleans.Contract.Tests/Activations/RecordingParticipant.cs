using Orleans.Runtime;

namespace Orleans.Contract.Tests.Activations;

/// <summary>Notes when its stage starts and stops.</summary>
internal sealed class RecordingParticipant(List<string> events, string name = "", int stage = ServiceLifecycleStage.Active)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<RecordingParticipant>(stage, _ => NoteAsync("start"), _ => NoteAsync("stop"));

    private Task NoteAsync(string what)
    {
        events.Add(what + name);
        return Task.CompletedTask;
    }
}
