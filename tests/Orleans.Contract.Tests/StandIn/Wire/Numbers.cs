namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record Numbers
{
    [Id(0)] public int Zero { get; init; }
}
