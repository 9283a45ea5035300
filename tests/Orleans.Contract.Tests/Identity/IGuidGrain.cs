namespace Orleans.Contract.Tests.Identity;

internal interface IGuidGrain : IGrainWithGuidCompoundKey
{
    Task<Guid> KeyAsync();

    Task<string?> ExtensionAsync();
}
