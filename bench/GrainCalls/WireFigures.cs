namespace Actors.Bench.GrainCalls;

/// <summary>What the stand-in's wire format costs. With Orleans' own packages there is nothing to measure here.</summary>
internal static partial class WireFigures
{
    static partial void Measure();

    public static void Print() => Measure();
}
