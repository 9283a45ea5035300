namespace Orleans.Contract.Tests.Calls;

/// <summary>Immutable: crosses a call inside a process without a copy.</summary>
[GenerateSerializer]
[Alias("contract.sealed")]
[Immutable]
internal sealed record Sealed([property: Id(0)] string Name, [property: Id(1)] byte[] Data);
