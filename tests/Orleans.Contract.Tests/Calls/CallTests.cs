using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Calls;

public sealed class CallTests(SiloFixture silo)
{
    private readonly string _key = SiloFixture.NewKey();

    private ICallGrain Grain => silo.Grains.GetGrain<ICallGrain>(_key);

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_its_message_and_where_it_was_thrown()
    {
        var exception = await Assert.ThrowsAsync<KeyNotFoundException>(() => Grain.ThrowAsync("no such key"));
        Assert.Equal("no such key", exception.Message);
        Assert.Contains("CallGrain", exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_thrown_before_the_first_await_arrives_like_any_other()
    {
        var exception = await Assert.ThrowsAsync<KeyNotFoundException>(async () => await Grain.ThrowAtOnceAsync("at once"));
        Assert.Equal("at once", exception.Message);
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_its_ResponseTimeout_ends_with_TimeoutException()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.WaitForAsync("never"));
        // The grain's own end of it runs on.
        Signals.Set(_key, "never");
        await Signals.WaitAsync(_key, "never.done");
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_the_silos_ResponseTimeout_ends_with_TimeoutException()
    {
        await using var hasty = await TestSilo.StartAsync(builder =>
            builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));
        await Assert.ThrowsAsync<TimeoutException>(() =>
            hasty.Grains.GetGrain<ICallGrain>(_key).WaitWithoutTimeoutAsync("never", CancellationToken.None));
        Signals.Set(_key, "never");
    }

    [Fact]
    public void The_default_ResponseTimeout_is_thirty_seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(30), new SiloMessagingOptions().ResponseTimeout);

    [Fact]
    public async Task Cancelling_the_callers_token_cancels_the_grains_and_the_caller_gets_OperationCanceledException()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Grain.WaitForTokenAsync(cancellation.Token);
        await Signals.WaitAsync(_key, "entered");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(true, await Signals.WaitAsync(_key, "cancelled"));
    }

    [Fact]
    public async Task A_call_with_a_token_that_is_cancelled_already_does_not_reach_the_grain()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.WaitForTokenAsync(new CancellationToken(canceled: true)));
        Assert.False(Signals.IsSet(_key, "entered"));
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_for_its_turn_does_not_start()
    {
        var first = Grain.WaitWithoutTimeoutAsync("go", CancellationToken.None);
        await Signals.WaitAsync(_key, "go.entered");
        using var cancellation = new CancellationTokenSource();
        var second = Grain.WaitWithoutTimeoutAsync("second", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Signals.Set(_key, "go");
        await first;
        await Grain.NothingAsync();
        Assert.Equal(1, Signals.Count(_key, "started"));
    }

    [Fact]
    public async Task A_OneWay_call_returns_before_the_method_ends_and_never_tells_how()
    {
        await Grain.ForgetAsync("go");
        Signals.Set(_key, "go");
        await Signals.WaitAsync(_key, "go.done");
    }

    [Fact]
    public async Task RequestContext_goes_with_a_call_to_the_grain_and_onwards()
    {
        RequestContext.Set("tenant", "acme");
        Assert.Equal("acme", await Grain.ContextAsync("tenant"));
        Assert.Equal("acme", await Grain.ContextOfNextAsync(SiloFixture.NewKey(), "tenant"));
    }

    [Fact]
    public async Task An_activation_sees_the_RequestContext_of_the_call_that_caused_it()
    {
        RequestContext.Set("activated-by", "the first call");
        var first = Grain.ContextAtActivationAsync();
        RequestContext.Remove("activated-by");
        Assert.Equal("the first call", await first);
        Assert.Equal("the first call", await Grain.ContextAtActivationAsync());
        Assert.Null(await Grain.ContextAsync("activated-by"));
    }

    [Fact]
    public async Task RequestContext_does_not_come_back_and_does_not_stay_for_the_next_call()
    {
        await Grain.SetContextAsync("left", "behind");
        Assert.Null(RequestContext.Get("left"));
        Assert.Null(await Grain.ContextAsync("left"));
    }

    [Fact]
    public async Task A_result_that_is_null_arrives_as_null() => Assert.Null(await Grain.NothingAsync());

    [Fact]
    public async Task A_reference_can_be_passed_to_a_grain_and_returned_from_it()
    {
        var self = await Grain.SelfAsync();
        Assert.Equal(_key, self.GetPrimaryKeyString());
        Assert.Equal(_key, await silo.Grains.GetGrain<ICallGrain>(SiloFixture.NewKey()).KeyOfAsync(self));
    }

    [Fact]
    public async Task The_cluster_client_of_the_silos_own_host_reaches_its_grains()
    {
        var client = silo.Services.GetRequiredService<IClusterClient>();
        Assert.Null(await client.GetGrain<ICallGrain>(_key).NothingAsync());
    }
}
