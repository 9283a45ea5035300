using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Retries;
using Actors.Storage.Jobs;
using Actors.Tenants;

namespace Actors.Frontend.JobTools;

/// <summary>Reads a job's journal, with all that it has written down until now.</summary>
internal sealed class JobLogPages(JobHandles jobs, Journal journal, RetryPolicy retries)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
    public const int MaxSearchChars = 200;

    /// <summary>Null: no such job for this caller.</summary>
    public async ValueTask<JournalPage?> ReadAsync(Principal caller, string jobId, JournalQuery query, CancellationToken cancellationToken) =>
        await jobs.FlushLogAsync(caller, jobId, cancellationToken)
            ? await retries.RunAsync(() => new ValueTask<JournalPage>(journal.ReadAsync(caller, jobId, query, cancellationToken)), cancellationToken)
            : null;
}
