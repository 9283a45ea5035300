namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>The same ids in base and derived class are different members.</summary>
[GenerateSerializer]
[Alias("contract.animal")]
internal class Animal : IAnimal
{
    [Id(0)]
    public string? Name { get; set; }

    [Id(1)]
    public Animal? Friend { get; set; }
}
