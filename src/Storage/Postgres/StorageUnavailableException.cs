using Npgsql;
using Orleans;

namespace Actors.Storage.Postgres;

/// <summary>
/// The database could not be reached for as long as the options allow. A write may or may not have been stored: read
/// before the next one. Trying again later makes sense.
/// </summary>
[GenerateSerializer, Alias("actors.storage-unavailable")]
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>Whether a failure says that the database is away: this exception, or what a query of one's own ends with.</summary>
    public static bool IsBehind(Exception failure) =>
        failure is StorageUnavailableException || (failure is NpgsqlException && PostgresFaults.Classify(failure) is PostgresFault.Unavailable);
}
