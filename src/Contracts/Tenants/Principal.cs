using Orleans;

namespace Actors.Tenants;

/// <summary>
/// Who is calling. It comes from the credential, never from an argument, and is the first thing every grain call
/// and every query is checked against.
/// </summary>
/// <param name="Tenant">The customer or team: the unit of isolation, quota and fairness; 1 to 64 of <c>[a-z0-9-]</c>.</param>
/// <param name="Issuer">Who vouches for the subject: <c>actors</c> for our own API keys, <c>anonymous</c> without one.</param>
/// <param name="Subject">Whom the issuer vouches for, within the tenant. A job belongs to its creator's subject.</param>
/// <param name="Client">The credential that was used (an API key's id). It is recorded, and opens nothing by itself.</param>
[GenerateSerializer, Immutable, Alias("actors.principal")]
public sealed record Principal(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Issuer,
    [property: Id(2)] string Subject,
    [property: Id(3)] string Client)
{
    /// <summary>Whether this caller may see what <paramref name="owner"/> created: same tenant, issuer and subject.</summary>
    public bool MaySee(Principal owner) =>
        Tenant == owner.Tenant && Subject == owner.Subject && Issuer == owner.Issuer;
}
