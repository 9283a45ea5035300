namespace Orleans.Contract.Tests.StandIn.Wire;

internal interface IAnimal
{
    string? Name { get; }
}
