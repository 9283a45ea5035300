using Orleans;
using Orleans.Storage;

namespace Actors.Storage.Leases;

/// <summary>
/// The write was refused because the silo no longer holds the lease it was made under. Nothing was stored; the job
/// belongs to whoever takes it over, so the grain that wrote is out of date.
/// </summary>
[GenerateSerializer, Alias("actors.lease-lost")]
public sealed class LeaseLostException : InconsistentStateException
{
    public LeaseLostException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
