using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;

namespace Orleans.Runtime;

/// <summary>Which grain: its type and its key, written "type/key".</summary>
[GenerateSerializer]
[Immutable]
public readonly struct GrainId(GrainType type, IdSpan key)
    : IEquatable<GrainId>, IComparable<GrainId>, ISerializable, ISpanFormattable, ISpanParsable<GrainId>
{
    private readonly GrainType _type = type;
    private readonly IdSpan _key = key;

    public GrainType Type => _type;

    public IdSpan Key => _key;

    public bool IsDefault => _type.IsDefault && _key.IsDefault;

    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new GrainId(type, IdSpan.Create(key));
    }

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new FormatException($"\"{value}\" is not a grain id of the form type/key.");

    public static bool TryParse(string? value, out GrainId result)
    {
        var separator = value?.IndexOf('/') ?? -1;
        if (separator <= 0 || separator == value!.Length - 1)
        {
            result = default;
            return false;
        }

        result = Create(value[..separator], value[(separator + 1)..]);
        return true;
    }

    static GrainId IParsable<GrainId>.Parse(string value, IFormatProvider? provider) => Parse(value);

    static bool IParsable<GrainId>.TryParse([NotNullWhen(true)] string? value, IFormatProvider? provider, out GrainId result) =>
        TryParse(value, out result);

    static GrainId ISpanParsable<GrainId>.Parse(ReadOnlySpan<char> value, IFormatProvider? provider) => Parse(value.ToString());

    static bool ISpanParsable<GrainId>.TryParse(ReadOnlySpan<char> value, IFormatProvider? provider, out GrainId result) =>
        TryParse(value.ToString(), out result);

    public readonly bool Equals(GrainId other) => _key.Equals(other._key) && _type.Equals(other._type);

    public override readonly bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(_type, _key);

    public readonly uint GetUniformHashCode() =>
        unchecked((_type.GetUniformHashCode() * 31) + _key.GetUniformHashCode());

    public readonly int CompareTo(GrainId other)
    {
        var byType = _type.CompareTo(other._type);
        return byType != 0 ? byType : _key.CompareTo(other._key);
    }

    public readonly void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        info.AddValue("tv", IdSpan.UnsafeGetArray(_type.Value));
        info.AddValue("th", _type.GetHashCode());
        info.AddValue("kv", IdSpan.UnsafeGetArray(_key));
        info.AddValue("kh", _key.GetHashCode());
    }

    public override readonly string ToString() => $"{_type}/{_key}";

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{_type}/{_key}", out charsWritten);

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
