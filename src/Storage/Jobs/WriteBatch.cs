using System.Threading.Channels;

namespace Actors.Storage.Jobs;

/// <summary>What one transaction writes: each job at most once, within the limits of the options.</summary>
internal sealed class WriteBatch(JobStorageOptions options)
{
    private readonly List<PendingWrite> _writes = [];
    private readonly HashSet<Guid> _ids = [];
    private PendingWrite? _carried;
    private int _bytes;

    public List<PendingWrite> Writes => _writes;

    /// <summary>Takes what is waiting, and waits where nothing is. False: nothing will come any more.</summary>
    public async ValueTask<bool> FillAsync(ChannelReader<PendingWrite> queue)
    {
        _writes.Clear();
        _ids.Clear();
        _bytes = 0;
        if (_carried is { } carried)
        {
            _carried = null;
            Add(carried);
        }
        else if (!await queue.WaitToReadAsync())
        {
            return false;
        }

        while (_writes.Count < options.BatchRows && queue.TryRead(out var write))
        {
            if (Fits(write)) Add(write);
            else
            {
                _carried = write;
                break;
            }
        }

        return true;
    }

    private bool Fits(PendingWrite write) =>
        _writes.Count == 0 || (_bytes + write.Bytes <= options.BatchBytes && !_ids.Contains(write.Id));

    private void Add(PendingWrite write)
    {
        _writes.Add(write);
        _ids.Add(write.Id);
        _bytes += write.Bytes;
    }
}
