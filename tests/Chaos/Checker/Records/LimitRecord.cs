namespace Actors.Chaos.Checker.Records;

/// <summary>What an operator allowed a tenant. Times are milliseconds of the database's clock, since 1970.</summary>
public sealed record LimitRecord
{
    public required string Tenant { get; init; }

    /// <summary>Jobs that run at once; null: no limit.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>The same of each of its principals.</summary>
    public int? MaxRunningPerPrincipal { get; init; }

    /// <summary>Jobs of each principal that wait.</summary>
    public int? MaxWaitingPerPrincipal { get; init; }

    /// <summary>From when on it held in every process.</summary>
    public required double FromMs { get; init; }

    /// <summary>Until when it certainly held.</summary>
    public required double ToMs { get; init; }
}
