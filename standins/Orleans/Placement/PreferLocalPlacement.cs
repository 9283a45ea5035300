namespace Orleans.Runtime;

/// <summary>Activate where the first call comes from; with one silo that is always here.</summary>
public sealed class PreferLocalPlacement : PlacementStrategy;
