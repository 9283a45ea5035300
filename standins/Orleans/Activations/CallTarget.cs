using Orleans.Calls;

namespace Orleans.Activations;

/// <summary>What takes calls for one grain id: an activation, or the pool of a stateless worker.</summary>
internal abstract class CallTarget
{
    /// <summary>False when it is gone; the caller then asks the directory again.</summary>
    public abstract bool TryReceive(GrainCall call);
}
