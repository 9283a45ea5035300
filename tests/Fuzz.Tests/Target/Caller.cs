namespace Actors.Fuzz.Tests.Target;

/// <summary>One principal, and the secret that is in everything it sends: whoever else gets to see it has broken in.</summary>
internal sealed record Caller(string Tenant, string Subject, string Key, string Marker)
{
    public override string ToString() => $"{Tenant}/{Subject}";
}
