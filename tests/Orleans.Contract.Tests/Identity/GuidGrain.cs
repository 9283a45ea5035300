namespace Orleans.Contract.Tests.Identity;

internal sealed class GuidGrain : Grain, IGuidGrain
{
    public Task<Guid> KeyAsync() => Task.FromResult(this.GetPrimaryKey(out _));

    public Task<string?> ExtensionAsync()
    {
        this.GetPrimaryKey(out var extension);
        return Task.FromResult(extension);
    }
}
