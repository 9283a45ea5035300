using Actors.Chaos.Pack;
using Npgsql;

namespace Actors.Chaos.Driver;

/// <summary>The calls that follow jobs: nobody has their handles, so that they have come to rest is read from the database.</summary>
internal sealed class FollowingCalls(string connectionString)
{
    private const int CallKind = 0;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until none is still to be made, and all that were made have ended. Whether each was made is for the checker to say.</summary>
    public async Task SettleAsync(RunClock clock, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        var since = clock.NowMs;
        while (await AreOpenAsync(database, cancellationToken) && clock.NowMs - since < Deadline.TotalMilliseconds)
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
    }

    private static async Task<bool> AreOpenAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT EXISTS (SELECT FROM actors.follow_ups WHERE kind = $1) OR EXISTS (SELECT FROM actors.jobs WHERE tool = $2 AND status < 3)");
        command.Parameters.Add(new() { Value = (short)CallKind });
        command.Parameters.Add(new() { Value = ChaosLimits.LinkTool });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
