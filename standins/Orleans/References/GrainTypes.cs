using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.References;

/// <summary>Which grains are behind an interface: a silo knows its classes, a client what its gateways told it.</summary>
internal abstract class GrainTypes
{
    /// <summary>The grain type behind an interface; the prefix of the class's name decides when there are several.</summary>
    public abstract GrainType TypeOf(Type interfaceType, string? classNamePrefix);

    /// <summary>The class in this process; null in a client.</summary>
    public abstract GrainClass? ClassOf(GrainType grainType);
}
