namespace Actors.Bench.Simulation.Engine;

/// <summary>Chance, the same in each run.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>An exponentially distributed time: of most pieces of work only the mean is known.</summary>
    public double Around(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    public T OneOf<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
