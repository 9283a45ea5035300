namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record PersonV1
{
    [Id(0)] public string? Name { get; init; }

    [Id(3)] public int Age { get; init; }
}
