namespace Actors.Bench.Simulation.Engine;

/// <summary>What happens when, in order. Nothing here takes real time.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, Moment> _events = new();
    private long _number;

    public double NowUs { get; private set; }

    /// <summary>Of two events at the same time the one that was asked for first comes first.</summary>
    public void After(double us, Action happens) => _events.Enqueue(happens, new Moment(NowUs + us, _number++));

    public void Every(double us, Action happens) => After(us, () =>
    {
        happens();
        Every(us, happens);
    });

    public void RunFor(double us)
    {
        var endUs = NowUs + us;
        while (_events.TryPeek(out _, out var next) && next.AtUs <= endUs)
        {
            var happens = _events.Dequeue();
            NowUs = next.AtUs;
            happens();
        }

        NowUs = endUs;
    }
}
