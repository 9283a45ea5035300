using System.Security.Cryptography;
using System.Text;

namespace Orleans.Runtime;

/// <summary>One incarnation of a grain in memory.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct ActivationId(Guid key) : IEquatable<ActivationId>, ISpanFormattable
{
    [Id(0)]
    private readonly Guid _key = key;

    internal Guid Key => _key;

    public bool IsDefault => _key == Guid.Empty;

    public static ActivationId NewId() => new(Guid.NewGuid());

    public static ActivationId GetDeterministic(GrainId grain) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(grain.ToString())).AsSpan(0, 16)));

    public static ActivationId FromParsableString(string activationId) => new(Guid.ParseExact(activationId.TrimStart('@'), "N"));

    public readonly string ToParsableString() => ToString();

    public readonly bool Equals(ActivationId other) => _key == other._key;

    public override readonly bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    public override readonly int GetHashCode() => _key.GetHashCode();

    public override readonly string ToString() => $"@{_key:N}";

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"@{_key:N}", out charsWritten);

    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);
}
