using System.Collections.Concurrent;
using System.Text;
using Orleans.References;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Wire;
using Orleans.Streams;

namespace Orleans.Calls;

/// <summary>The methods that can be called from another process, by their names in messages.</summary>
internal static class CallCatalog
{
    /// <summary>Between the interface's and the method's name.</summary>
    public const char Separator = '\n';

    private static readonly ConcurrentDictionary<byte[], CallMethod> Methods = new(ByteNameComparer.Instance);

    private static readonly ConcurrentDictionary<byte[], CallMethod>.AlternateLookup<ReadOnlySpan<byte>> BySpan =
        Methods.GetAlternateLookup<ReadOnlySpan<byte>>();

    public static void Add(CallMethod method) => Methods[method.WireName] = method;

    /// <summary>What Create makes the call from again: its kind, its interface and its method.</summary>
    public static void Write(ref WireWriter writer, GrainCall call)
    {
        writer.WriteByte((byte)call.Kind);
        writer.WriteBytes(call.Method.WireName.AsSpan());
    }

    /// <summary>An empty call, for its arguments to be read into.</summary>
    public static GrainCall Create(ref WireReader reader)
    {
        var kind = (CallKind)reader.ReadByte();
        var length = reader.ReadLength();
        if (length is <= 0 or > WireLimits.MaxTypeNameLength) throw WireReader.Corrupt("a call has no method");

        return Create(kind, Find(reader.ReadSpan(length)));
    }

    public static GrainCall Create(GrainInterfaceType interfaceId, string methodId, CallKind kind = CallKind.Method) =>
        Create(kind, Find(Encoding.UTF8.GetBytes(interfaceId.ToString() + Separator + methodId)));

    private static GrainCall Create(CallKind kind, CallMethod method) => (kind, method.Arguments!.NewCall()) switch
    {
        (CallKind.StreamPoll, IBatched stream) => stream.NewPoll(),
        (CallKind.StreamClose, IBatched) => new StreamClose(default, method),
        (CallKind.Method, var call) when call is not IBatched => call,
        _ => throw WireReader.Corrupt("a call is of a kind that its method has not")
    };

    private static CallMethod Find(ReadOnlySpan<byte> name)
    {
        if (BySpan.TryGetValue(name, out var known)) return known;

        var separator = name.LastIndexOf((byte)Separator);
        if (separator < 0) throw WireReader.Corrupt("a call has no method");

        // With the reference class of an interface come the classes of its calls, which add themselves here.
        if (TypeNames.FindGrainInterface(name[..separator]) is { IsInterface: true, ContainsGenericParameters: false } type && typeof(IAddressable).IsAssignableFrom(type))
            ReferenceEmitter.ConstructorOf(type);
        return BySpan.TryGetValue(name, out var added)
            ? added
            : throw new SerializerException(
                $"The message calls {Encoding.UTF8.GetString(name[(separator + 1)..])} of {Encoding.UTF8.GetString(name[..separator])}, which is unknown here.");
    }
}
