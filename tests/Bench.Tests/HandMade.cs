using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;

namespace Actors.Bench.Tests;

/// <summary>Costs of which one alone is more than nothing, so that what is possible can be said in one line.</summary>
internal static class HandMade
{
    public static CostSheet Free { get; } = new()
    {
        RequestUs = 0.1, CreateUs = 0.1, EndUs = 0.1, CommitUs = 0.1, RowUs = 0.01, LineRowUs = 0.01, SyncUs = 10,
    };

    public static Deployment Small { get; } = new() { Frontends = 2, Silos = 4, CoresEach = 2, PostgresCores = 2, BatchRows = 32 };
}
