namespace Orleans.Contract.Tests.StandIn.AdoNet;

[GenerateSerializer]
internal sealed class StoredSum
{
    [Id(0)]
    public int Sum { get; set; }
}
