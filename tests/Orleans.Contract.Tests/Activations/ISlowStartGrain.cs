namespace Orleans.Contract.Tests.Activations;

internal interface ISlowStartGrain : IGrainWithStringKey
{
    Task<bool> IsReadyAsync();
}
