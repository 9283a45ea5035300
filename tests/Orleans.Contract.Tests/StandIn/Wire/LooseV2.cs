namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record LooseV2
{
    [Id(0)] public object? New { get; init; }

    [Id(1)] public object? Old { get; init; }
}
