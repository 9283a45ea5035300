namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record Wider
{
    [Id(0)] public long? Number { get; init; }

    [Id(1)] public ushort Small { get; init; }

    [Id(2)] public DateTimeOffset? When { get; init; }

    [Id(3)] public string? Text { get; init; }
}
