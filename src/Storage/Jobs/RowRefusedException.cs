using Orleans;

namespace Actors.Storage.Jobs;

/// <summary>The database refuses what a job's row holds, too large a result for instance. Nothing was stored; the same row will never be.</summary>
[GenerateSerializer, Alias("actors.row-refused")]
public sealed class RowRefusedException : Exception
{
    public RowRefusedException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
