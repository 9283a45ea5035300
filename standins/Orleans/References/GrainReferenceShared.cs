using Orleans.References;

namespace Orleans.Runtime;

/// <summary>What all references to grains of one type through one interface have in common.</summary>
public class GrainReferenceShared
{
    internal GrainReferenceShared(
        GrainType grainType, GrainInterfaceType interfaceType, string interfaceName, ReferenceFactory references)
    {
        GrainType = grainType;
        InterfaceType = interfaceType;
        InterfaceName = interfaceName;
        References = references;
    }

    public GrainType GrainType { get; }

    public GrainInterfaceType InterfaceType { get; }

    public ushort InterfaceVersion => 0;

    internal string InterfaceName { get; }

    internal ReferenceFactory References { get; }
}
