using Actors.Jobs;
using Npgsql;

namespace Actors.Chaos.Pack;

/// <summary>
/// Writes down what an attempt does, outside of what Actors stores about it, and is refused where a newer attempt has written. A
/// database that is away is waited for: a tool that gave up would hide what the server does.
/// </summary>
public sealed class Effects(NpgsqlDataSource postgres, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <param name="job">Whose effect.</param>
    /// <param name="kind">What: start, step, answer, beat, work, kept, link or end.</param>
    /// <param name="step">Which one.</param>
    /// <param name="note">What the checker compares.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="FencedOffException">A newer attempt has written.</exception>
    public async Task WriteAsync(JobContext job, string kind, int step, string note, CancellationToken cancellationToken)
    {
        var said = Guid.CreateVersion7();
        while (true)
        {
            try
            {
                if (!await TryWriteAsync(job, kind, step, note, said, cancellationToken))
                    throw new FencedOffException(job.Attempt);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(Between, time, cancellationToken);
            }
        }
    }

    private async Task<bool> TryWriteAsync(JobContext job, string kind, int step, string note, Guid said, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("SELECT chaos.write_effect($1, $2, $3, $4, $5, $6, $7, $8)");
        command.CommandTimeout = 5;
        foreach (object value in (object[])[job.Tenant, job.JobId!, job.Attempt, kind, step, note, said, job.IdempotencyKey("family")])
            command.Parameters.Add(new() { Value = value });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
