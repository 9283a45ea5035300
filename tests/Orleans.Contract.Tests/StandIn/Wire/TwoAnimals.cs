namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed class TwoAnimals
{
    [Id(0)]
    public Animal? First { get; set; }

    [Id(1)]
    public Animal? Second { get; set; }

    [Id(2)]
    public Animal? Third { get; set; }

    [Id(3)]
    public Animal? Fourth { get; set; }
}
