namespace Orleans.Contract.Tests.StandIn.Wire;

[Alias("contract.generic-wire")]
internal interface IGenericWireGrain<T> : IGrainWithStringKey
{
    Task<T> EchoAsync(T value);
}
