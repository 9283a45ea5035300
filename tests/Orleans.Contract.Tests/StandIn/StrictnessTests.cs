using System.Text.Json;
using Orleans.Contract.Tests.Calls;
using Orleans.Serialization;

namespace Orleans.Contract.Tests.StandIn;

/// <summary>
/// Inside one process Orleans itself lets these pass, and loses data or fails when there are two silos. The stand-in
/// refuses them at once.
/// </summary>
public sealed class StrictnessTests(SiloFixture silo)
{
    private IStrictGrain Grain { get; } = silo.Grains.GetGrain<IStrictGrain>(SiloFixture.NewKey());

    [Fact]
    public async Task A_property_without_an_Id_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<CodecNotFoundException>(async () => await Grain.PassAsync(new Forgetful("x")));
        Assert.Contains(nameof(Forgetful.Lost), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_immutable_record_that_holds_what_has_no_serializer_is_refused() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(async () => await Grain.PassAsync(new Careless(new Unknown())));

    [Fact]
    public async Task A_JsonElement_is_refused() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(async () => await Grain.PassAsync((object)JsonElement.Parse("{}")));
}
