namespace Orleans.Contract.Tests.Identity;

internal sealed class StringGrain : Grain, IStringGrain
{
    public Task<string> KeyAsync() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<string> IdAsync() => Task.FromResult(this.GetGrainId().ToString());
}
