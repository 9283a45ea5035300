namespace Orleans.Contract.Tests.StandIn;

internal interface IGenericMethodGrain : IGrainWithStringKey
{
    Task<int> PlainAsync();

    Task<T> GenericAsync<T>(T value);
}
