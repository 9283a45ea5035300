namespace Orleans.Runtime;

[GenerateSerializer]
[Immutable]
public readonly struct MembershipVersion(long version)
    : IComparable<MembershipVersion>, IEquatable<MembershipVersion>, ISpanFormattable
{
    [Id(0)]
    public long Value { get; init; } = version;

    public static MembershipVersion MinValue => new(long.MinValue);

    public readonly int CompareTo(MembershipVersion other) => Value.CompareTo(other.Value);

    public readonly bool Equals(MembershipVersion other) => Value == other.Value;

    public override readonly bool Equals(object? obj) => obj is MembershipVersion other && Equals(other);

    public override readonly int GetHashCode() => Value.GetHashCode();

    public override readonly string ToString() => Value.ToString();

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Value.TryFormat(destination, out charsWritten);

    public static bool operator ==(MembershipVersion left, MembershipVersion right) => left.Value == right.Value;

    public static bool operator !=(MembershipVersion left, MembershipVersion right) => left.Value != right.Value;

    public static bool operator >=(MembershipVersion left, MembershipVersion right) => left.Value >= right.Value;

    public static bool operator <=(MembershipVersion left, MembershipVersion right) => left.Value <= right.Value;

    public static bool operator >(MembershipVersion left, MembershipVersion right) => left.Value > right.Value;

    public static bool operator <(MembershipVersion left, MembershipVersion right) => left.Value < right.Value;
}
