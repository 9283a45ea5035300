using System.ComponentModel.DataAnnotations;

namespace Actors.Frontend.Draining;

/// <summary>How a frontend that is told to stop lets go of its clients. Section <c>Actors:Drain</c>.</summary>
public sealed class DrainOptions
{
    /// <summary>
    /// How long it goes on serving as before, but says "not ready", so that whoever balances notices. Default none; the frontend's
    /// own process says 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Notice { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// How long calls in flight get to end after that. Streams are ended and held calls are handed over at once. Default 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
