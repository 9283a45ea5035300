using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Hosting;

namespace Orleans.Contract.Tests.Calls;

public sealed class TraceTests
{
    [Fact]
    public async Task With_AddActivityPropagation_the_grain_runs_in_the_callers_trace()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is ActivitySources.ApplicationGrainActivitySourceName or nameof(TraceTests),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded
        };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await TestSilo.StartAsync(builder => builder.AddActivityPropagation());

        using var source = new ActivitySource(nameof(TraceTests));
        using var activity = source.StartActivity("caller");
        var seen = await silo.Grains.GetGrain<ICallGrain>(SiloFixture.NewKey()).TraceIdAsync();
        Assert.Equal(activity!.TraceId.ToHexString(), seen);
    }
}
