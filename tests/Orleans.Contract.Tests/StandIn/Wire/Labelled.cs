namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>A record whose parameters have no [Id]: they are numbered by their place.</summary>
[GenerateSerializer]
[Alias("contract.labelled")]
internal sealed record Labelled<T>(string Label, T Value, Labelled<T>? Next = null);
