using Orleans;

namespace Actors.Bench.GrainCalls;

internal sealed class EchoGrain : Grain, IEchoGrain
{
    public ValueTask<int> Echo(int value) => new(value);
}
