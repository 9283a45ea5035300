namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record LooseV1
{
    [Id(1)] public object? Old { get; init; }
}
