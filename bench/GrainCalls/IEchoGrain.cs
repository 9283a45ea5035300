using Orleans;

namespace Actors.Bench.GrainCalls;

internal interface IEchoGrain : IGrainWithIntegerKey
{
    ValueTask<int> Echo(int value);
}
