namespace Orleans.Contract.Tests.Identity;

internal interface IStringGrain : IGrainWithStringKey
{
    Task<string> KeyAsync();

    Task<string> IdAsync();
}
