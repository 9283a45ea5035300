namespace Orleans.Membership;

/// <summary>Where the cluster's own secret is kept: the membership database, or this process where there is no other.</summary>
internal interface ISecretTable
{
    /// <summary>The secret that is there; makes one first where there is none.</summary>
    Task<byte[]> ReadSecretAsync(CancellationToken cancellationToken);
}
