namespace Orleans.Runtime.Placement;

/// <summary>Declared for the key under which a caller may say where a grain should be activated.</summary>
public interface IPlacementDirector
{
    /// <summary>The RequestContext value, a SiloAddress, that decides where a grain is activated that is active nowhere.</summary>
    const string PlacementHintKey = nameof(PlacementHintKey);
}
