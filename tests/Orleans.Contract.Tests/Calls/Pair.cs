namespace Orleans.Contract.Tests.Calls;

[GenerateSerializer]
[Alias("contract.pair")]
internal sealed class Pair
{
    [Id(0)]
    public Open? Left { get; set; }

    [Id(1)]
    public Open? Right { get; set; }
}
