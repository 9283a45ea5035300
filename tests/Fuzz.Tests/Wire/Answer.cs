using System.Text;

namespace Actors.Fuzz.Tests.Wire;

/// <summary>What came back, as far as it was read.</summary>
internal sealed class Answer
{
    private const int ShownBytes = 3000;

    public int Status { get; init; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public byte[] Body { get; set; } = [];

    /// <summary>Whether the server ended it; otherwise it was dropped by the client, which had read enough.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Why there is none; null: there is.</summary>
    public string? Fault { get; init; }

    public bool IsStream => ContentType == "text/event-stream";

    public string? ContentType => Headers.GetValueOrDefault("Content-Type");

    public string Text => Encoding.UTF8.GetString(Body);

    public override string ToString() => Fault ?? $"{Status} {ContentType}{(IsWhole ? "" : " (dropped)")}\n{(Text.Length <= ShownBytes ? Text : Text[..ShownBytes] + "…")}";
}
