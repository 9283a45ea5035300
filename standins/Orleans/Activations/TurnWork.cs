namespace Orleans.Activations;

/// <summary>A piece of the runtime's own work in an activation's turn.</summary>
internal sealed class TurnWork(Action<object> action, object state)
{
    public void Run() => action(state);
}
