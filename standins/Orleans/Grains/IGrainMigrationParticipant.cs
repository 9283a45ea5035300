namespace Orleans.Runtime;

/// <summary>Declared for IGrainLifecycle's signature; migration is not covered by the stand-in.</summary>
public interface IGrainMigrationParticipant
{
    void OnDehydrate(IDehydrationContext dehydrationContext);

    void OnRehydrate(IRehydrationContext rehydrationContext);
}
