namespace Actors.Jobs;

/// <summary>A job's address: <c>tenant/id</c> is the key of its grain, <c>id</c> alone is the handle a client holds.</summary>
public readonly record struct JobKey(string Tenant, string Id)
{
    /// <summary>A new, unguessable handle: a UUIDv7 (122 bits less the time), in 32 hex digits.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("N");

    /// <summary>Whether <paramref name="handle"/> has the form of one of ours; anything else is not worth a grain call.</summary>
    public static bool IsHandle(string? handle) => Guid.TryParseExact(handle, "N", out _);

    public static JobKey Parse(string grainKey)
    {
        var slash = grainKey.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new JobKey(grainKey[..slash], grainKey[(slash + 1)..])
            : throw new FormatException("A job's grain key has the form tenant/id.");
    }

    public override string ToString() => $"{Tenant}/{Id}";
}
