namespace Actors.Bench.Simulation.Engine;

/// <summary>The disk of a write-ahead log: one sync at a time, and all who asked while it ran share the next.</summary>
/// <param name="timeline">The time.</param>
/// <param name="syncUs">What a sync takes, whatever it writes.</param>
/// <param name="rowUs">What it takes for each row.</param>
/// <param name="use">Where the time for rows is counted: that of the syncs is shared by ever more the more there are, and never used up.</param>
internal sealed class Disk(Timeline timeline, double syncUs, double rowUs, Meter use)
{
    private List<Action> _waiting = [];
    private int _rows;
    private bool _isBusy;

    public void Sync(int rows, Action durable)
    {
        _waiting.Add(durable);
        _rows += rows;
        if (!_isBusy)
            Begin();
    }

    private void Begin()
    {
        var together = _waiting;
        var us = syncUs + rowUs * _rows;
        var share = us > 0 ? rowUs * _rows / us : 0;
        (_waiting, _rows, _isBusy) = ([], 0, true);
        use.Change(share);
        timeline.After(us, () =>
        {
            _isBusy = false;
            use.Change(-share);
            foreach (var durable in together)
                durable();
            if (!_isBusy && _waiting.Count > 0)
                Begin();
        });
    }
}
