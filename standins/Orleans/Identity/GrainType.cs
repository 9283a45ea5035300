using System.Runtime.Serialization;

namespace Orleans.Runtime;

/// <summary>The name of a kind of grain, such as "job".</summary>
[GenerateSerializer]
[Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>, ISerializable, ISpanFormattable
{
    private readonly IdSpan _value = id;

    public GrainType(byte[] value) : this(new IdSpan(value))
    {
    }

    public bool IsDefault => _value.IsDefault;

    public IdSpan Value => _value;

    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainType(IdSpan.Create(value));
    }

    public readonly ReadOnlySpan<byte> AsSpan() => _value.AsSpan();

    public readonly int CompareTo(GrainType other) => _value.CompareTo(other._value);

    public readonly bool Equals(GrainType obj) => _value.Equals(obj._value);

    public override readonly bool Equals(object? obj) => obj is GrainType other && Equals(other);

    public override readonly int GetHashCode() => _value.GetHashCode();

    public readonly uint GetUniformHashCode() => _value.GetUniformHashCode();

    public readonly void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        info.AddValue("v", IdSpan.UnsafeGetArray(_value));
        info.AddValue("h", _value.GetHashCode());
    }

    public override readonly string ToString() => _value.ToString();

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _value.TryFormat(destination, out charsWritten);

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    public static explicit operator IdSpan(GrainType kind) => kind._value;

    public static explicit operator GrainType(IdSpan id) => new(id);
}
