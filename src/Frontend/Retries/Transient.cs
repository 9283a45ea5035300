using Actors.Storage.Postgres;
using Actors.Tools;
using Orleans.Runtime;

namespace Actors.Frontend.Retries;

/// <summary>Tells what passes (a silo that went, a database that restarts) from what would fail again.</summary>
internal static class Transient
{
    /// <summary>
    /// Whether the same call may well succeed in a moment. Orleans' own exceptions are about the way to the grain, the grain's
    /// about its work; a grain that lost a write to another activation has the newer state on the next call.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is OrleansException or WrongSiloException or EnumerationAbortedException or TimeoutException || IsStorage(exception);

    public static bool IsStorage(Exception exception) => StorageUnavailableException.IsBehind(exception);
}
