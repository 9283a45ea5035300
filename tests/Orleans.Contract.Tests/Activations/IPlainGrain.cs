namespace Orleans.Contract.Tests.Activations;

internal interface IPlainGrain : IGrainWithStringKey
{
    Task<string> KeyAsync();

    Task DeactivateAsync();
}
