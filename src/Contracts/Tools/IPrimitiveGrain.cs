using Orleans;
using Orleans.Concurrency;

namespace Actors.Tools;

/// <summary>
/// Runs short calls inline, without a row. Its key is the address of the silo that is to run them
/// (<c>SiloAddress.ToParsableString()</c>), or any other text where the caller does not care. A call whose caller goes away is
/// cancelled.
/// </summary>
[Alias("actors.primitives")]
public interface IPrimitiveGrain : IGrainWithStringKey
{
    /// <summary>For a caller that wants no notifications.</summary>
    [AlwaysInterleave, Alias("invoke")]
    Task<PrimitiveOutcome> InvokeAsync(PrimitiveCall call, CancellationToken cancellationToken = default);

    /// <summary>For a caller that sent a progress token or a log level.</summary>
    [AlwaysInterleave, Alias("stream")]
    IAsyncEnumerable<PrimitiveEvent> InvokeStreamingAsync(PrimitiveCall call, CancellationToken cancellationToken = default);
}
