namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Never called: its methods are what calls on the wire are made of.</summary>
internal interface IWireGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int left, int right);

    Task<int> AddAsync(int left, string right);

    [Alias("echo")]
    ValueTask<Dog> EchoAsync(Dog dog, CancellationToken cancellationToken, string note = "none");

    Task NothingAsync();

    IAsyncEnumerable<string> StreamAsync(string prefix, CancellationToken cancellationToken);
}
