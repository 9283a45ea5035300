using System.Runtime.Serialization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>UTF-8 bytes of an identity with their hash.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>, ISerializable, ISpanFormattable
{
    private readonly byte[]? _value;
    private readonly int _hashCode;

    public IdSpan(byte[] value)
    {
        _value = value;
        _hashCode = GetHashCode(value);
    }

    private IdSpan(byte[]? value, int hashCode)
    {
        _value = value;
        _hashCode = hashCode;
    }

    public bool IsDefault => _value is null || _value.Length == 0;

    public ReadOnlyMemory<byte> Value => _value;

    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    public static IdSpan UnsafeCreate(byte[]? value, int hashCode) => new(value, hashCode);

    public static byte[]? UnsafeGetArray(IdSpan id) => id._value;

    public readonly ReadOnlySpan<byte> AsSpan() => _value;

    public readonly bool Equals(IdSpan obj) =>
        ReferenceEquals(_value, obj._value)
        || (_hashCode == obj._hashCode && _value is not null && obj._value is not null
            && _value.AsSpan().SequenceEqual(obj._value));

    public override readonly bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override readonly int GetHashCode() => _hashCode;

    public readonly uint GetUniformHashCode() => unchecked((uint)_hashCode);

    public readonly int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other.AsSpan());

    public readonly void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        info.AddValue("v", _value);
        info.AddValue("h", _hashCode);
    }

    public readonly bool TryFormat(Span<char> destination, out int charsWritten) =>
        Encoding.UTF8.TryGetChars(_value, destination, out charsWritten);

    public override readonly string ToString() => _value is null ? "" : Encoding.UTF8.GetString(_value);

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    // The same on every machine and in every run, because placement and storage may rest on it.
    private static int GetHashCode(byte[] value)
    {
        var hash = 2166136261u;
        foreach (var b in value) hash = (hash ^ b) * 16777619u;
        hash ^= hash >> 15;
        hash *= 0x85ebca6bu;
        return unchecked((int)(hash ^ (hash >> 13)));
    }
}
