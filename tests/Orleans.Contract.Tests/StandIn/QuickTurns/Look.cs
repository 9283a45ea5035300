namespace Orleans.Contract.Tests.StandIn.QuickTurns;

/// <summary>What a turn sees around it.</summary>
[GenerateSerializer, Alias("look"), Immutable]
internal sealed record Look(
    [property: Id(0)] bool IsInTurn,
    [property: Id(1)] string? CallersContext);
