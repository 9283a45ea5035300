namespace Actors.Bench.Simulation.Engine;

/// <summary>When an event happens.</summary>
/// <param name="AtUs">The time.</param>
/// <param name="Number">Which it is of all that were asked for: the order of those at the same time.</param>
internal readonly record struct Moment(double AtUs, long Number) : IComparable<Moment>
{
    public int CompareTo(Moment other) => AtUs < other.AtUs ? -1 : AtUs > other.AtUs ? 1 : Number.CompareTo(other.Number);
}
