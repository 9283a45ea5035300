using Orleans.Calls;

namespace Orleans.Activations;

/// <summary>
/// The calls that wait at an activation, in the order they came, linked through the calls themselves: an idle grain
/// keeps no list. A field, never a copy.
/// </summary>
internal struct WaitingCalls
{
    private GrainCall? _last;

    public GrainCall? First { get; private set; }

    public int Count { get; private set; }

    public int InterleavableCount { get; private set; }

    public void Add(GrainCall call)
    {
        if (_last is null) First = call;
        else _last.WaitNext = call;
        _last = call;
        Count++;
        if (call.IsAlwaysInterleave) InterleavableCount++;
    }

    /// <summary>Takes out a call, given the one before it, or null for the first.</summary>
    public void Remove(GrainCall call, GrainCall? previous)
    {
        if (previous is null) First = call.WaitNext;
        else previous.WaitNext = call.WaitNext;
        if (ReferenceEquals(_last, call)) _last = previous;
        call.WaitNext = null;
        Count--;
        if (call.IsAlwaysInterleave) InterleavableCount--;
    }
}
