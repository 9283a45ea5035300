using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>One activation, as the directory knows it.</summary>
[GenerateSerializer]
[Alias("orleans.directory.entry")]
[Immutable]
internal sealed record DirectoryEntry([property: Id(0)] SiloAddress Silo, [property: Id(1)] ActivationId Activation);
