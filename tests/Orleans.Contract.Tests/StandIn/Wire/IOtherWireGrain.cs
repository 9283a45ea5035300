namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>IWireGrain as a version before it knew it: fewer parameters.</summary>
internal interface IOtherWireGrain : IGrainWithStringKey
{
    [Alias("echo")]
    ValueTask<Dog> EchoAsync(Dog dog);

    Task<TResult> GenericAsync<TResult>(TResult value);
}
