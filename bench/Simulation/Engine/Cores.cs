namespace Actors.Bench.Simulation.Engine;

/// <summary>Processors that share what is to be done: first come, first served, and what takes long gives way after each slice.</summary>
/// <param name="timeline">The time.</param>
/// <param name="count">How many there are.</param>
/// <param name="use">What they are counted in, perhaps with others.</param>
internal sealed class Cores(Timeline timeline, int count, Meter use)
{
    // About what Linux gives a thread where others wait.
    private const double SliceUs = 1000;

    private readonly Queue<(double LeftUs, Action Done)> _waiting = new();
    private int _busy;

    public void Work(double us, Action done)
    {
        _waiting.Enqueue((us, done));
        Begin();
    }

    private void Begin()
    {
        while (_busy < count && _waiting.TryDequeue(out var work))
        {
            var sliceUs = Math.Min(work.LeftUs, SliceUs);
            _busy++;
            use.Change(+1);
            timeline.After(sliceUs, () => End(work.LeftUs - sliceUs, work.Done));
        }
    }

    private void End(double leftUs, Action done)
    {
        _busy--;
        use.Change(-1);
        if (leftUs > 0)
            _waiting.Enqueue((leftUs, done));
        else
            done();
        Begin();
    }
}
