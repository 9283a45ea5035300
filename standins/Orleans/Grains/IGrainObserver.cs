using Orleans.Runtime;

namespace Orleans;

/// <summary>Declared for IGrainFactory's signatures; object references are not covered by the stand-in.</summary>
public interface IGrainObserver : IAddressable
{
}
