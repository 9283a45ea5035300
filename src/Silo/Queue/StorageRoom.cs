using Actors.Jobs;

namespace Actors.Silo.Queue;

/// <summary>How much a tenant may store, and has.</summary>
/// <param name="Limit">In bytes; null: as much as it likes.</param>
/// <param name="Used">In bytes, as of a moment ago.</param>
/// <param name="Pause">After that it is known anew.</param>
internal readonly record struct StorageRoom(long? Limit, long Used, TimeSpan Pause)
{
    public bool IsFor(long bytes) => Limit is not { } limit || (Used < limit && Used + bytes <= limit);

    public LimitReached Reached(long used) => new("bytes stored for the tenant", Limit ?? 0, used, (long)Pause.TotalMilliseconds);
}
