using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>How integer, Guid and compound keys are written as the key of a grain id.</summary>
public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan CreateIntegerKey(long key, string? keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension)
            ? CreateIntegerKey(key)
            : IdSpan.Create($"{key.ToString("X", CultureInfo.InvariantCulture)}+{keyExtension}");

    public static IdSpan CreateIntegerKey(long key, ReadOnlySpan<byte> keyExtension) =>
        CreateIntegerKey(key, Encoding.UTF8.GetString(keyExtension));

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension) ? CreateGuidKey(key) : IdSpan.Create($"{key:N}+{keyExtension}");

    public static IdSpan CreateGuidKey(Guid key, ReadOnlySpan<byte> keyExtension) =>
        CreateGuidKey(key, Encoding.UTF8.GetString(keyExtension));

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        if (Utf8Parser.TryParse(text, out key, out var used, 'X') && used == text.Length) return true;

        keyExt = null;
        key = 0;
        return false;
    }

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        if (text.Length == 32 && Utf8Parser.TryParse(text, out key, out var used, 'N') && used == text.Length) return true;

        keyExt = null;
        key = default;
        return false;
    }

    public static long GetIntegerKey(this GrainId grainId) => GetIntegerKey(grainId, out _);

    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        TryGetIntegerKey(grainId, out var key, out keyExt)
            ? key
            : throw new ArgumentException($"The key of {grainId} is not an integer.");

    public static Guid GetGuidKey(this GrainId grainId) => GetGuidKey(grainId, out _);

    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        TryGetGuidKey(grainId, out var key, out keyExt)
            ? key
            : throw new ArgumentException($"The key of {grainId} is not a Guid.");

    private static ReadOnlySpan<byte> Split(GrainId grainId, out string? keyExtension)
    {
        var text = grainId.Key.AsSpan();
        var plus = text.IndexOf((byte)'+');
        keyExtension = plus < 0 ? null : Encoding.UTF8.GetString(text[(plus + 1)..]);
        return plus < 0 ? text : text[..plus];
    }
}
