using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Orleans.Serialization.Wire;

/// <summary>
/// Types as names: an [Alias] or the full name, then &lt;arguments&gt; of a generic type and [] of an array. Only types
/// that can be passed are found by their name.
/// </summary>
internal static class TypeNames
{
    private const string Special = "<>,[]%";

    private static readonly SearchValues<char> SpecialValues = SearchValues.Create(Special);
    private const int MaxRemembered = 4096;

    private static readonly ConcurrentDictionary<byte[], Codec> ByName = new(ByteNameComparer.Instance);

    private static readonly ConcurrentDictionary<byte[], Codec>.AlternateLookup<ReadOnlySpan<byte>> ByNameSpan =
        ByName.GetAlternateLookup<ReadOnlySpan<byte>>();

    public static string Of(Type type)
    {
        if (type.IsArray) return Of(type.GetElementType()!) + "[]";
        if (!type.IsGenericType || type.IsGenericTypeDefinition) return Escape(KnownTypes.NameOf(type));

        var arguments = string.Join(',', type.GetGenericArguments().Select(Of));
        return $"{Escape(KnownTypes.NameOf(type.GetGenericTypeDefinition()))}<{arguments}>";
    }

    public static byte[] BytesOf(Type type) => Encoding.UTF8.GetBytes(Of(type));

    /// <summary>The name of a codec's type, which is found by it from now on.</summary>
    public static byte[] Register(Codec codec)
    {
        KnownTypes.Add(codec.Type);
        return BytesOf(codec.Type);
    }

    public static Codec Resolve(ReadOnlySpan<byte> name)
    {
        if (ByNameSpan.TryGetValue(name, out var known)) return known;

        var codec = Codecs.Of(Parse(name, KnownTypes.Find));
        if (ByName.Count < MaxRemembered) ByName.TryAdd(name.ToArray(), codec);
        return codec;
    }

    /// <summary>For a value that is a Type: any type that is loaded.</summary>
    public static Type FindType(ReadOnlySpan<byte> name) => Parse(name, KnownTypes.FindLoaded);

    public static Type? FindGrainInterface(ReadOnlySpan<byte> name)
    {
        try
        {
            return Parse(name, KnownTypes.FindGrainInterface);
        }
        catch (SerializerException)
        {
            return null;
        }
    }

    private static Type Parse(ReadOnlySpan<byte> name, Func<string, Type?> find)
    {
        if (name.Length > WireLimits.MaxTypeNameLength) throw WireReader.Corrupt("a type's name is too long");

        var rest = Encoding.UTF8.GetString(name).AsSpan();
        var type = Parse(ref rest, find, 0);
        return rest.IsEmpty ? type : throw WireReader.Corrupt("a type's name has no form");
    }

    private static Type Parse(ref ReadOnlySpan<char> rest, Func<string, Type?> find, int depth)
    {
        if (depth > WireLimits.MaxTypeNameDepth) throw WireReader.Corrupt("a type's name nests too deep");

        var end = rest.IndexOfAny('<', '>', ',') is var stop and >= 0 ? stop : rest.Length;
        var brackets = rest[..end].IndexOf('[');
        var name = Unescape(rest[..(brackets >= 0 ? brackets : end)]);
        rest = rest[name.Consumed..];
        var type = find(name.Text) ?? throw new SerializerException($"The message names the type \"{name.Text}\", which is unknown here or cannot be passed.");
        if (rest.StartsWith("<")) type = ParseArguments(ref rest, type, find, depth);
        for (; rest.StartsWith("[]"); rest = rest[2..])
            type = ++depth <= WireLimits.MaxTypeNameDepth ? type.MakeArrayType() : throw WireReader.Corrupt("a type's name nests too deep");
        return type;
    }

    private static Type ParseArguments(ref ReadOnlySpan<char> rest, Type definition, Func<string, Type?> find, int depth)
    {
        var arguments = new List<Type>();
        do
        {
            rest = rest[1..];
            arguments.Add(Parse(ref rest, find, depth + 1));
        }
        while (rest.StartsWith(","));

        if (!rest.StartsWith(">") || !definition.IsGenericTypeDefinition) throw WireReader.Corrupt("a type's name has no form");
        rest = rest[1..];
        try
        {
            return definition.MakeGenericType([.. arguments]);
        }
        catch (Exception exception) when (exception is ArgumentException or TypeLoadException)
        {
            throw WireReader.Corrupt("a generic type does not go with its arguments");
        }
    }

    private static string Escape(string name)
    {
        if (!name.AsSpan().ContainsAny(SpecialValues)) return name;

        var escaped = new StringBuilder(name.Length + 8);
        foreach (var character in name)
        {
            if (Special.Contains(character, StringComparison.Ordinal)) escaped.Append('%').Append((char)('A' + Special.IndexOf(character, StringComparison.Ordinal)));
            else escaped.Append(character);
        }

        return escaped.ToString();
    }

    private static (string Text, int Consumed) Unescape(ReadOnlySpan<char> name)
    {
        if (!name.Contains('%')) return (name.ToString(), name.Length);

        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '%') text.Append(name[i]);
            else if (++i < name.Length && name[i] - 'A' is var place and >= 0 && place < Special.Length) text.Append(Special[place]);
            else throw WireReader.Corrupt("a type's name has no form");
        }

        return (text.ToString(), name.Length);
    }
}
