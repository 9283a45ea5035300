using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>The stages in which an activation's parts start and, in reverse, stop.</summary>
internal sealed class GrainLifecycle : LifecycleStages, IGrainLifecycle
{
    public void AddMigrationParticipant(IGrainMigrationParticipant participant) => throw Hosting.NotCovered.Migration();

    public void RemoveMigrationParticipant(IGrainMigrationParticipant participant) => throw Hosting.NotCovered.Migration();
}
