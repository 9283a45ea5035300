namespace Orleans.Runtime;

/// <summary>The name of a grain interface on the wire.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct GrainInterfaceType(IdSpan value) : IEquatable<GrainInterfaceType>, ISpanFormattable
{
    private readonly IdSpan _value = value;

    public GrainInterfaceType(string value) : this(IdSpan.Create(value))
    {
    }

    public bool IsDefault => _value.IsDefault;

    public IdSpan Value => _value;

    public static GrainInterfaceType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainInterfaceType(value);
    }

    public readonly bool Equals(GrainInterfaceType other) => _value.Equals(other._value);

    public override readonly bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    public override readonly int GetHashCode() => _value.GetHashCode();

    public override readonly string ToString() => _value.ToString();

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _value.TryFormat(destination, out charsWritten);

    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);
}
