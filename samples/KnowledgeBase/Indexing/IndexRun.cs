using Actors.Jobs;
using Actors.KnowledgeBase.Folders;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace Actors.KnowledgeBase.Indexing;

/// <summary>
/// One index_docs job: batch after batch of files is read, compared by hash, written in a transaction and covered by a checkpoint.
/// Doing a batch again does no harm, so a run that was cut off between the two goes on from the checkpoint before.
/// </summary>
internal sealed class IndexRun(DocumentIndex index, IOptions<KnowledgeBaseOptions> options, TimeProvider time)
{
    private readonly KnowledgeBaseOptions _options = options.Value;

    public async Task<IndexReport> RunAsync(
        IndexFolder folder, JobContext job, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        var walk = FolderWalk.Of(folder, _options.MaxFilesPerRun, cancellationToken);
        var state = job.Checkpoint<IndexCheckpoint>() ?? new IndexCheckpoint();
        var resumedAfter = walk.Files.Count(file => state.LastPath is not null && string.CompareOrdinal(file.Path, state.LastPath) <= 0);
        var done = resumedAfter;
        foreach (var batch in walk.Files.Skip(resumedAfter).Chunk(_options.BatchFiles))
        {
            state = await IndexAsync(batch, state, job, file => progress.Report(new ProgressNotificationValue
            {
                Progress = ++done, Total = walk.Files.Count, Message = file.Path,
            }), cancellationToken);
            await job.SaveCheckpointAsync(state, cancellationToken);
        }

        var present = walk.Files.Select(file => file.Path).ToArray();
        var removed = await index.RemoveVanishedAsync(job.Tenant, folder.PathPrefix, present, [.. walk.Unreadable], cancellationToken);
        foreach (var skipped in walk.Skipped)
            state = state.Skip(skipped, _options.MaxSkippedListed);
        return Report(folder, walk, state, removed, job.Attempt, resumedAfter);
    }

    private async Task<IndexCheckpoint> IndexAsync(
        FoundFile[] batch, IndexCheckpoint state, JobContext job, Action<FoundFile> report, CancellationToken cancellationToken)
    {
        var known = await index.KnownAsync(job.Tenant, [.. batch.Select(file => file.Path)], cancellationToken);
        var changed = new List<ReadFile>(batch.Length);
        foreach (var file in batch)
        {
            if (_options.DelayPerFileMs > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(_options.DelayPerFileMs), time, cancellationToken);
            state = await ReadAsync(file, known.GetValueOrDefault(file.Path), state, job, changed, cancellationToken);
            report(file);
        }
        if (changed.Count > 0)
            await index.WriteAsync(job.Tenant, job.JobId ?? "", changed, cancellationToken);
        return state with { LastPath = batch[^1].Path };
    }

    private async Task<IndexCheckpoint> ReadAsync(
        FoundFile file, KnownFile? known, IndexCheckpoint state, JobContext job, List<ReadFile> changed, CancellationToken cancellationToken)
    {
        var (bytes, refusal) = await FileReader.ReadAsync(file, _options.MaxFileBytes, cancellationToken);
        if (bytes is null)
            return state.Skip(new SkippedFile(file.Path, refusal!), _options.MaxSkippedListed);

        var hash = FileReader.Hash(bytes);
        if (known is not null && known.Hash.AsSpan().SequenceEqual(hash))
        {
            // Written by this job, in an attempt that died before its checkpoint: it counts as what it was.
            return known.IndexedBy == job.JobId
                ? state with { Indexed = state.Indexed + 1, Sections = state.Sections + known.Sections }
                : state with { Unchanged = state.Unchanged + 1 };
        }

        (var read, refusal) = FileReader.Parse(file, bytes, hash, _options.MaxSectionChars);
        if (read is null)
            return state.Skip(new SkippedFile(file.Path, refusal!), _options.MaxSkippedListed);
        changed.Add(read);
        return state with { Indexed = state.Indexed + 1, Sections = state.Sections + read.Document.Sections.Count };
    }

    private static IndexReport Report(
        IndexFolder folder, FolderWalk walk, IndexCheckpoint state, int removed, int attempt, int resumedAfter) => new()
    {
        Folder = folder.PathPrefix.TrimEnd('/'),
        Files = walk.Files.Count,
        Indexed = state.Indexed,
        Unchanged = state.Unchanged,
        Removed = removed,
        Sections = state.Sections,
        SkippedCount = state.SkippedCount,
        Skipped = state.Skipped,
        Attempt = attempt,
        ResumedAfter = resumedAfter,
    };
}
