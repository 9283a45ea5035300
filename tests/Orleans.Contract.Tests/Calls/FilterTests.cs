using Orleans.Contract.Tests.Streams;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Calls;

public sealed class FilterTests
{
    private readonly string _key = SiloFixture.NewKey();

    [Fact]
    public async Task Filters_of_the_caller_the_silo_and_the_grain_wrap_the_call_in_this_order()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder
            .AddOutgoingGrainCallFilter(context => WrapAsync(context, "out"))
            .AddIncomingGrainCallFilter(context => WrapAsync(context, "in")));
        var answer = await silo.Grains.GetGrain<IFilteredGrain>(_key).EchoAsync("x");
        Assert.Equal("out(in(own(grain(x))))", answer);
    }

    [Fact]
    public async Task An_incoming_filter_sees_the_call_and_may_change_its_arguments()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(context =>
        {
            if (context.InterfaceMethod.Name == nameof(IFilteredGrain.EchoAsync) && context.Grain is FilteredGrain)
            {
                Signals.Set(_key, "implementation", context.ImplementationMethod.DeclaringType);
                Signals.Set(_key, "target", context.TargetId.Key.ToString());
                context.Request.SetArgument(0, $"changed {context.Request.GetArgument(0)}");
            }

            return context.Invoke();
        }));
        Assert.Equal("own(grain(changed x))", await silo.Grains.GetGrain<IFilteredGrain>(_key).EchoAsync("x"));
        Assert.Equal(typeof(FilteredGrain), await Signals.WaitAsync(_key, "implementation"));
        Assert.Equal(_key, await Signals.WaitAsync(_key, "target"));
    }

    [Fact]
    public async Task An_incoming_filter_that_throws_keeps_the_call_from_the_grain_and_its_exception_is_the_answer()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(context =>
            context.Grain is FilteredGrain ? throw new UnauthorizedAccessException("no") : context.Invoke()));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => silo.Grains.GetGrain<IFilteredGrain>(_key).EchoAsync("x"));
    }

    [Fact]
    public async Task Filters_see_the_grains_exception_and_the_caller_gets_it()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddIncomingGrainCallFilter(async context =>
        {
            try
            {
                await context.Invoke();
            }
            catch (InvalidOperationException exception) when (context.Grain is FilteredGrain)
            {
                Signals.Set(_key, "seen", exception.Message);
                throw;
            }
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grains.GetGrain<IFilteredGrain>(_key).ThrowAsync());
        Assert.Equal("from the grain", await Signals.WaitAsync(_key, "seen"));
    }

    [Fact]
    public async Task What_an_outgoing_filter_puts_into_the_RequestContext_reaches_the_grain()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddOutgoingGrainCallFilter(context =>
        {
            RequestContext.Set("from", "filter");
            return context.Invoke();
        }));
        Assert.Equal("filter", await silo.Grains.GetGrain<ICallGrain>(_key).ContextAsync("from"));
    }

    [Fact]
    public async Task A_streaming_call_passes_the_filters_and_loses_nothing()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder
            .AddActivityPropagation()
            .AddOutgoingGrainCallFilter(context => context.Invoke())
            .AddIncomingGrainCallFilter(context => context.Invoke()));
        List<int> seen = [];
        await foreach (var item in silo.Grains.GetGrain<IStreamGrain>(_key).CountAsync(500)) seen.Add(item);
        Assert.Equal(Enumerable.Range(0, 500), seen);
    }

    private static async Task WrapAsync(IGrainCallContext context, string name)
    {
        await context.Invoke();
        if (context.InterfaceMethod.DeclaringType == typeof(IFilteredGrain)) context.Result = $"{name}({context.Result})";
    }
}
