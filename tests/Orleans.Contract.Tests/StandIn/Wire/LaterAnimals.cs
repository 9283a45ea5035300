namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed class LaterAnimals
{
    [Id(1)]
    public Animal? Second { get; set; }

    [Id(2)]
    public Animal? Third { get; set; }

    [Id(3)]
    public Animal? Fourth { get; set; }
}
