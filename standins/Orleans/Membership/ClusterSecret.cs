using System.Text;
using Microsoft.Extensions.Configuration;

namespace Orleans.Membership;

/// <summary>
/// What a process proves to know before another takes its first frame: the configured <c>Orleans:ClusterSecret</c>, or
/// one that the first process of the cluster made up and left in the membership database.
/// </summary>
internal sealed class ClusterSecret(IConfiguration configuration, ISecretTable table)
{
    public const string ConfigurationKey = "Orleans:ClusterSecret";

    private byte[]? _secret;

    /// <summary>Throws if it is neither configured nor, at this moment, to be had from the database.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(CancellationToken cancellationToken) =>
        _secret ??= configuration[ConfigurationKey] is { Length: > 0 } configured
            ? Encoding.UTF8.GetBytes(configured)
            : await table.ReadSecretAsync(cancellationToken);
}
