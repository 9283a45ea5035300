namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Animal, as it was before there were dogs.</summary>
[GenerateSerializer]
internal sealed class Lone
{
    [Id(0)]
    public string? Name { get; set; }
}
