namespace Orleans.Contract.Tests.StandIn;

internal sealed class GenericMethodGrain : Grain, IGenericMethodGrain
{
    public Task<int> PlainAsync() => Task.FromResult(1);

    public Task<T> GenericAsync<T>(T value) => Task.FromResult(value);
}
