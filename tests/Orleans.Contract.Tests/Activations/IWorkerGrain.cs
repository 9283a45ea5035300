namespace Orleans.Contract.Tests.Activations;

internal interface IWorkerGrain : IGrainWithIntegerKey
{
    Task<string> WorkAsync(string key);
}
