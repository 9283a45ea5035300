using Orleans.Activations;
using Orleans.References;

namespace Orleans.Runtime;

/// <summary>What all references to grains of one type through one interface have in common.</summary>
public class GrainReferenceShared
{
    internal GrainReferenceShared(
        GrainType grainType, GrainInterfaceType interfaceType, string interfaceName, GrainClass? grainClass, ReferenceFactory references)
    {
        GrainType = grainType;
        InterfaceType = interfaceType;
        InterfaceName = interfaceName;
        Class = grainClass;
        References = references;
    }

    public GrainType GrainType { get; }

    public GrainInterfaceType InterfaceType { get; }

    public ushort InterfaceVersion => 0;

    internal string InterfaceName { get; }

    internal GrainClass? Class { get; }

    internal ReferenceFactory References { get; }
}
