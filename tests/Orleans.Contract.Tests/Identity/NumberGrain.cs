namespace Orleans.Contract.Tests.Identity;

[GrainType("contract-number")]
internal sealed class NumberGrain : Grain, INumberGrain
{
    public Task<long> KeyAsync() => Task.FromResult(this.GetPrimaryKeyLong());
}
