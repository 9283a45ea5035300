using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>Counts what each job wrote, to know when its journal needs thinning: each time a quarter of its bound has come in.</summary>
internal sealed class JournalBounds(JournalOptions options)
{
    private const int MostJobs = 100_000;

    private readonly Dictionary<JobKey, (int Entries, long Bytes)> _sinceThinned = [];

    /// <summary>Counts entries just written, and returns the jobs to thin now.</summary>
    public List<JobKey> Count(List<JournalEntry> entries)
    {
        // Forgetting delays a thinning, no more.
        if (_sinceThinned.Count > MostJobs) _sinceThinned.Clear();

        var due = new List<JobKey>();
        foreach (var entry in entries)
        {
            var (count, bytes) = _sinceThinned.GetValueOrDefault(entry.Job);
            count++;
            bytes += (entry.Text?.Length ?? 0) + (entry.Data?.Length ?? 0);
            _sinceThinned[entry.Job] = (count, bytes);
        }

        foreach (var job in entries.Select(entry => entry.Job).Distinct())
        {
            var (count, bytes) = _sinceThinned[job];
            if (count < options.MaxEntriesPerJob / 4 && bytes < options.MaxBytesPerJob / 4) continue;
            _sinceThinned.Remove(job);
            due.Add(job);
        }

        return due;
    }
}
