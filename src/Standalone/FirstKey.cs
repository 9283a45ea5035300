using Actors.Storage.Tenants;
using Microsoft.Extensions.Options;

namespace Actors.Standalone;

/// <summary>
/// Makes the first tenant and its key, and keeps the key's text, which the database does not, in a file only its owner may
/// read: a laptop's next start shows it again.
/// </summary>
internal sealed class FirstKey(TenantDirectory tenants, ApiKeys keys, IOptions<StandaloneOptions> options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(Path.Combine(options.Value.DataFolder, "key"));
        if (File.Exists(file))
        {
            var known = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
            if (await keys.AuthenticateAsync(known, cancellationToken) is not null)
                return known;
        }
        await tenants.CreateAsync(options.Value.Tenant, cancellationToken);
        var key = await keys.IssueAsync(options.Value.Tenant, "owner", "first key of this machine", cancellationToken);
        await WriteAsync(file, key.Plaintext, cancellationToken);
        return key.Plaintext;
    }

    private static async Task WriteAsync(string file, string key, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        await using var stream = new FileStream(file, options);
        await using var writer = new StreamWriter(stream);
        await writer.WriteLineAsync(key.AsMemory(), cancellationToken);
    }
}
