namespace Orleans.Contract.Tests.Activations;

internal interface IKeptGrain : IGrainWithStringKey
{
    Task TouchAsync();
}
