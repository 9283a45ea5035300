using Orleans.Configuration;
using Orleans.Contract.Tests.Turns;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Activations;

public sealed class GrainClassTests(SiloFixture silo)
{
    private readonly string _key = SiloFixture.NewKey();

    [Fact]
    public async Task A_generic_grain_is_another_grain_for_another_argument()
    {
        await silo.Grains.GetGrain<IBoxGrain<int>>(_key).PutAsync(7);
        await silo.Grains.GetGrain<IBoxGrain<string>>(_key).PutAsync("seven");
        Assert.Equal(7, await silo.Grains.GetGrain<IBoxGrain<int>>(_key).TakeAsync());
        Assert.Equal("seven", await silo.Grains.GetGrain<IBoxGrain<string>>(_key).TakeAsync());
    }

    [Fact]
    public async Task A_class_that_implements_IGrainBase_is_a_grain_and_is_disposed_with_its_activation()
    {
        var grain = silo.Grains.GetGrain<IPlainGrain>(_key);
        Assert.Equal(_key, await grain.KeyAsync());
        await grain.DeactivateAsync();
        await Signals.WaitAsync(_key, "disposed");
    }

    [Fact]
    public async Task More_waiting_calls_than_the_limit_are_refused()
    {
        await using var strict = await TestSilo.StartAsync(builder =>
            builder.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 2));
        var grain = strict.Grains.GetGrain<ITurnGrain>(_key);
        var running = grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        var waiting = Enumerable.Range(0, 20).Select(_ => grain.WriteAsync()).ToArray();
        await Assert.ThrowsAsync<LimitExceededException>(() => Task.WhenAll(waiting.TakeLast(10)));

        Signals.Set(_key, "go");
        await running;
        Assert.Contains(waiting, call => !call.IsFaulted);
    }
}
