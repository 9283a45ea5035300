namespace Orleans.Contract.Tests.Calls;

internal interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> EchoAsync(string value);

    Task ThrowAsync();
}
