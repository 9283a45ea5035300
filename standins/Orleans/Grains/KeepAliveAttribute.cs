using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Grains of this class are never collected for being idle.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute, IGrainPropertiesProviderAttribute
{
    public void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        properties[WellKnownGrainTypeProperties.IdleDeactivationPeriod] =
            WellKnownGrainTypeProperties.IndefiniteIdleDeactivationPeriodValue;
}
