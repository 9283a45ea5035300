using System.Collections.Immutable;

namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record PersonV2
{
    [Id(0)] public string? Name { get; init; }

    [Id(3)] public int Age { get; init; }

    [Id(4)] public string Nick { get; init; } = "nobody";

    [Id(5)] public List<Animal> Friends { get; init; } = [];

    [Id(6)] public ImmutableArray<string> Tags { get; init; } = ["initial"];

    [Id(7)] public Level Level { get; init; } = Level.High;

    [Id(8)] public ImmutableArray<int> Plain { get; init; }
}
