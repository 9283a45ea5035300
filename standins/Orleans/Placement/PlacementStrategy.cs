using Orleans.Metadata;

namespace Orleans.Runtime;

public abstract class PlacementStrategy
{
    public virtual bool IsUsingGrainDirectory => true;

    public virtual void PopulateGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        properties[WellKnownGrainTypeProperties.PlacementStrategy] = GetType().Name;
}
