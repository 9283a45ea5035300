namespace Orleans.Contract.Tests.Identity;

internal interface INumberGrain : IGrainWithIntegerKey
{
    Task<long> KeyAsync();
}
