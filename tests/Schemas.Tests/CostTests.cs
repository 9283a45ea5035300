using System.Diagnostics;
using Xunit;

namespace Actors.Schemas.Tests;

public sealed class CostTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;

    [Fact]
    public void A_good_call_allocates_less_than_a_kilobyte()
    {
        var schema = Check.Compile("""
            {"type":"object","properties":{"name":{"type":"string","maxLength":100},"count":{"type":"integer","minimum":1},
             "tags":{"type":"array","items":{"type":"string","enum":["a","b","c"]}},"at":{"$ref":"#/$defs/point"}},
             "required":["name","count"],"additionalProperties":false,
             "$defs":{"point":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"}},"required":["x","y"]}}}
            """);
        var instance = Check.Json("""{"name":"report","count":3,"tags":["a","c"],"at":{"x":1.5,"y":2}}""");
        for (var i = 0; i < Rounds; i++)
            Assert.True(schema.Validate(instance).IsValid);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++)
            schema.Validate(instance);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;

        output.WriteLine($"{watch.Elapsed.TotalMicroseconds / Rounds:F2} µs and {bytes} bytes a validation");
        Assert.InRange(bytes, 0, 1_000);
    }
}
