using ModelContextProtocol.Protocol;

namespace Actors.FixturePack;

/// <summary>The smallest media that are still valid.</summary>
internal static class Samples
{
    public const string PngType = "image/png";

    public const string WavType = "audio/wav";

    /// <summary>One transparent pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    /// <summary>A header and no samples: mono, 8 kHz, 16 bit.</summary>
    public static byte[] Wav { get; } =
    [
        .. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0,
        .. "data"u8, 0, 0, 0, 0,
    ];

    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
