namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record Narrow
{
    [Id(0)] public int Number { get; init; }

    [Id(1)] public byte Small { get; init; }

    [Id(2)] public DateTimeOffset When { get; init; }

    [Id(3)] public string? Text { get; init; }
}
