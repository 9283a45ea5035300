using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace Orleans.Runtime;

/// <summary>A silo: its endpoint and its generation, so that a restart on the same endpoint is another silo.</summary>
[Immutable]
[GenerateSerializer]
public sealed class SiloAddress
    : IEquatable<SiloAddress>, IComparable<SiloAddress>, ISpanFormattable, IParsable<SiloAddress>, IUtf8SpanParsable<SiloAddress>
{
    private static readonly DateTimeOffset Epoch = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    public static SiloAddress Zero { get; } = New(IPAddress.Any, 0, 0);

    [Id(0)]
    public IPEndPoint Endpoint { get; }

    [Id(1)]
    public int Generation { get; }

    /// <summary>Clients carry a negative generation.</summary>
    public bool IsClient => Generation < 0;

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    public static int AllocateNewGeneration() => (int)(TimeProvider.System.GetUtcNow() - Epoch).TotalSeconds;

    public static SiloAddress FromParsableString(string addr) => Parse(addr);

    public static SiloAddress FromUtf8String(ReadOnlySpan<byte> addr) => Parse(addr);

    public static SiloAddress Parse(string value) =>
        TryParse(value, out var result) ? result! : throw new FormatException($"\"{value}\" is not a silo address of the form ip:port@generation.");

    public static SiloAddress Parse(ReadOnlySpan<byte> utf8Text) => Parse(Encoding.UTF8.GetString(utf8Text));

    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out SiloAddress? result)
    {
        result = null;
        var at = value?.LastIndexOf('@') ?? -1;
        if (at <= 0
            || !IPEndPoint.TryParse(value.AsSpan(0, at), out var endpoint)
            || !int.TryParse(value.AsSpan(at + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var generation))
            return false;

        result = New(endpoint, generation);
        return true;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, [NotNullWhen(true)] out SiloAddress? result) =>
        TryParse(Encoding.UTF8.GetString(utf8Text), out result);

    static SiloAddress IParsable<SiloAddress>.Parse(string value, IFormatProvider? provider) => Parse(value);

    static bool IParsable<SiloAddress>.TryParse(
        [NotNullWhen(true)] string? value, IFormatProvider? provider, [MaybeNullWhen(false)] out SiloAddress result) =>
        TryParse(value, out result);

    static SiloAddress IUtf8SpanParsable<SiloAddress>.Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) => Parse(utf8Text);

    static bool IUtf8SpanParsable<SiloAddress>.TryParse(
        ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, [MaybeNullWhen(false)] out SiloAddress result) =>
        TryParse(utf8Text, out result);

    public string ToParsableString() => $"{Endpoint}@{Generation.ToString(CultureInfo.InvariantCulture)}";

    public string ToStringWithHashCode() => $"{ToString()}/x{GetConsistentHashCode():X8}";

    public override string ToString() => $"{(IsClient ? 'C' : 'S')}{Endpoint}:{Generation.ToString(CultureInfo.InvariantCulture)}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{ToString()}", out charsWritten);

    public int GetConsistentHashCode() => unchecked((int)IdSpan.Create(ToParsableString()).GetUniformHashCode());

    public bool IsPredecessorOf(SiloAddress other) => Endpoint.Equals(other.Endpoint) && Generation < other.Generation;

    public bool IsSuccessorOf(SiloAddress other) => Endpoint.Equals(other.Endpoint) && Generation > other.Generation;

    public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    public override int GetHashCode() => Endpoint.GetHashCode() ^ Generation;

    public int CompareTo(SiloAddress? other)
    {
        if (other is null) return 1;
        var byGeneration = Generation.CompareTo(other.Generation);
        return byGeneration != 0 ? byGeneration : string.CompareOrdinal(Endpoint.ToString(), other.Endpoint.ToString());
    }
}
