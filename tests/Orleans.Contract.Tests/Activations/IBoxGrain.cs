namespace Orleans.Contract.Tests.Activations;

internal interface IBoxGrain<T> : IGrainWithStringKey
{
    Task PutAsync(T value);

    Task<T> TakeAsync();
}
