namespace Actors.Storage.Queue;

/// <summary>Whose jobs: all of a principal's, through whichever client. With an empty issuer and subject, a whole tenant's.</summary>
public readonly record struct PrincipalKey(string Tenant, string Issuer, string Subject)
{
    /// <summary>All tenants together.</summary>
    public static PrincipalKey Everybody { get; } = new("", "", "");

    public static PrincipalKey OfTenant(string tenant) => new(tenant, "", "");
}
