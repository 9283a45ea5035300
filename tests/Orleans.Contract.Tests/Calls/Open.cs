namespace Orleans.Contract.Tests.Calls;

/// <summary>Not immutable: copied, with everything below it.</summary>
[GenerateSerializer]
[Alias("contract.open")]
internal sealed class Open
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public byte[] Data { get; set; } = [];

    [Id(2)]
    public Dictionary<string, List<int>> Numbers { get; init; } = [];

    [Id(3)]
    public Open? Inner { get; set; }

    [Id(4)]
    public (int, List<string>) Tuple { get; set; }
}
