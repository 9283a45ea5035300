namespace Actors.Storage.Queue;

/// <summary>A lane of which some jobs are taken already.</summary>
internal sealed class WaitingLane(Lane lane)
{
    public LaneKey Key => lane.Key;

    public bool HasMore => lane.HasMore;

    public int Taken { get; set; }

    /// <summary>Since when the next one is due; the end of time where none is known.</summary>
    public DateTimeOffset Head => Taken < lane.Due.Count ? lane.Due[Taken] : DateTimeOffset.MaxValue;
}
