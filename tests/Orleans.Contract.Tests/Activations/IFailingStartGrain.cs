namespace Orleans.Contract.Tests.Activations;

internal interface IFailingStartGrain : IGrainWithStringKey
{
    Task<int> AttemptsAsync();
}
