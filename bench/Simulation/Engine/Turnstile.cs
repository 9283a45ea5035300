namespace Actors.Bench.Simulation.Engine;

/// <summary>A lock that one at a time holds, in the order they came.</summary>
internal sealed class Turnstile(Meter use)
{
    private readonly Queue<Action> _waiting = new();
    private bool _isHeld;

    public void Enter(Action held)
    {
        if (_isHeld)
        {
            _waiting.Enqueue(held);
            return;
        }

        _isHeld = true;
        use.Change(+1);
        held();
    }

    public void Leave()
    {
        if (_waiting.TryDequeue(out var next))
        {
            next();
            return;
        }

        _isHeld = false;
        use.Change(-1);
    }
}
