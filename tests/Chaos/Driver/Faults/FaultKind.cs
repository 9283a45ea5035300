namespace Actors.Chaos.Driver.Faults;

/// <summary>What can happen to a cluster.</summary>
internal enum FaultKind
{
    KillSilo,
    KillSiloMoved,
    KillEverySilo,
    KillFrontend,
    PauseSilo,
    PauseFrontend,
    DrainSilo,
    DrainFrontend,
    AddSilo,
    KillPostgres,
    StopPostgres,
    PartitionSilos,
    IsolateSilo,
    CutSiloFromPostgres,
    CutFrontendFromPostgres,
}
