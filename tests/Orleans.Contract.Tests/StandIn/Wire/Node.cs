namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Immutable, and able to hold itself.</summary>
[GenerateSerializer]
[Immutable]
[Alias("contract.node")]
internal sealed record Node
{
    [Id(0)] public string? Name { get; init; }

    [Id(1)] public Node? Left { get; set; }

    [Id(2)] public Node? Right { get; init; }
}
