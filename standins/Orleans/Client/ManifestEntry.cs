namespace Orleans.Client;

/// <summary>An interface, and a grain class behind it.</summary>
[GenerateSerializer]
[Alias("orleans.manifest.entry")]
[Immutable]
internal sealed record ManifestEntry(
    [property: Id(0)] string InterfaceId, [property: Id(1)] string GrainType, [property: Id(2)] string ClassFullName,
    [property: Id(3)] string ClassName);
