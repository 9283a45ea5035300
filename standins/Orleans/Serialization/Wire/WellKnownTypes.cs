using System.Net;
using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>Types that a number names, because they are what request contexts and loose variables mostly hold.</summary>
internal static class WellKnownTypes
{
    /// <summary>Numbers from here on are those of the type names that the message had before.</summary>
    public const int Limit = 64;

    // The numbers are the places in this list: new ones go to its end.
    private static readonly Type[] Types =
    [
        typeof(GrainReference), typeof(Exception), typeof(Type), typeof(string), typeof(byte[]), typeof(bool), typeof(byte), typeof(sbyte),
        typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(char), typeof(float),
        typeof(double), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(GrainId), typeof(GrainType),
        typeof(GrainInterfaceType), typeof(IdSpan), typeof(ActivationId), typeof(SiloAddress), typeof(GrainAddress)
    ];

    private static readonly Dictionary<Type, byte> Codes =
        Types.Select((type, index) => (type, index)).ToDictionary(item => item.type, item => (byte)(item.index + 1));

    /// <summary>The number of the type, or 0.</summary>
    public static byte CodeOf(Type type) => Codes.GetValueOrDefault(type);

    public static Codec? Find(int code) => code > 0 && code <= Types.Length ? Codecs.Of(Types[code - 1]) : null;
}
