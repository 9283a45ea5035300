using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;

namespace Actors.Grains.Tests;

/// <summary>Rows to decide on.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>A job in an attempt, on a silo.</summary>
    public static JobRow Running(int attempt = 1, params AttemptRecord[] before) => new()
    {
        Id = JobKey.NewId(),
        Owner = new Principal("acme", "actors", "ann", "key-1"),
        Tool = "tool",
        Params = "{}"u8.ToArray(),
        ProtocolVersion = "2026-07-28",
        ClientCapabilities = "{}"u8.ToArray(),
        CreatedAt = Now,
        RunAt = Now,
        UpdatedAt = Now,
        StartedAt = Now,
        AttemptStartedAt = Now,
        Status = JobStatus.Running,
        Attempt = attempt,
        Attempts = [.. before],
        Silo = "silo-a",
        Epoch = 7,
        Checkpoint = "\"half\""u8.ToArray(),
    };

    public static AttemptRecord Record(int number, int used, AttemptOutcome outcome = AttemptOutcome.Failed) =>
        new(number, "silo-a", Now, Now, outcome, "it failed") { Used = used, Limit = 3 };
}
