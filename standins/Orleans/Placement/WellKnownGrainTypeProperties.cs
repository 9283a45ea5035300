namespace Orleans.Metadata;

public static class WellKnownGrainTypeProperties
{
    public const string TypeName = "type-name";
    public const string FullTypeName = "full-type-name";
    public const string ImplementedInterfacePrefix = "interface.";
    public const string IdleDeactivationPeriod = "idle-duration";
    public const string IndefiniteIdleDeactivationPeriodValue = "indefinite";
    public const string MayInterleavePredicate = "may-interleave-predicate";
    public const string PlacementStrategy = "placement-strategy";
    public const string Reentrant = "reentrant";
}
