using Orleans.Runtime;

namespace Orleans.References;

internal sealed class ReferenceFactory
{
    public object Cast(GrainReference reference, Type interfaceType) =>
        interfaceType.IsInstanceOfType(reference) ? reference : throw new InvalidCastException();
}
