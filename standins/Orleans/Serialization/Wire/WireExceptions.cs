using System.Buffers;

namespace Orleans.Serialization.Wire;

/// <summary>
/// Exceptions by the name of their type, their message, where they were thrown, and what caused them. Members of their
/// own cross when the type has [GenerateSerializer]. Whatever the exception is, it can be written and read.
/// </summary>
internal static class WireExceptions
{
    private const int TypeName = 0;
    private const int Message = 1;
    private const int OwnMessage = 2;
    private const int StackTrace = 3;
    private const int Code = 4;
    private const int Inner = 5;
    private const int InnerAll = 6;
    private const int OwnMembers = 7;
    private const ulong KnownMembers = 8;

    public static void Write(ref WireWriter writer, Exception exception) => Codec<Exception>.Instance.Write(ref writer, exception);

    public static Exception Read(ref WireReader reader) =>
        Codec<Exception?>.Instance.Read(ref reader) ?? throw WireReader.Corrupt("an exception is missing");

    public static void WriteMembers(ref WireWriter writer, Exception exception) => WriteMembers(ref writer, exception, 0);

    public static Exception ReadMembers(ref WireReader reader)
    {
        reader.Enter();
        var told = new ToldException();
        for (var id = reader.NextMember(); id != -1; id = reader.NextMember())
        {
            switch (id)
            {
                case TypeName: told.TypeName = Members.ReadString(ref reader); break;
                case Message: told.Message = Members.ReadString(ref reader); break;
                case OwnMessage: told.OwnMessage = Members.ReadString(ref reader); break;
                case StackTrace: told.StackTrace = Members.ReadString(ref reader); break;
                case Code: told.Code = Members.ReadInt32(ref reader); break;
                case Inner when reader.MemberType == WireType.Object: told.Inner = ReadMembers(ref reader); break;
                case InnerAll when reader.MemberType == WireType.Object: told.InnerAll.Add(ReadMembers(ref reader)); break;
                case OwnMembers: told.OwnMembers = Members.ReadBytes(ref reader); break;
                default: reader.SkipMember(); break;
            }
        }

        if (!reader.IsLastLevel) reader.SkipLevels();
        reader.Leave();
        return told.Make(ref reader);
    }

    private static void WriteMembers(ref WireWriter writer, Exception exception, int depth)
    {
        writer.Enter();
        var type = exception.GetType();
        var members = ExceptionMembers.Of(type);
        var unknown = exception as UnavailableExceptionFallbackException;
        Members.Write(ref writer, TypeName, unknown?.ExceptionType ?? KnownTypes.NameOf(type));
        Members.Write(ref writer, Message, MessageOf(exception));
        if (exception is AggregateException || members.HasAny) Members.Write(ref writer, OwnMessage, ExceptionMembers.MessageOf(exception));
        Members.Write(ref writer, StackTrace, StackTraceOf(exception));
        Members.Write(ref writer, Code, exception.HResult);
        if (depth < WireLimits.MaxInnerExceptions) WriteInner(ref writer, exception, depth + 1);
        if (members.HasAny && OwnMembersOf(exception, members, writer.Depth) is { } own) Members.Write(ref writer, OwnMembers, own);
        writer.WriteEnd(KnownMembers, isLastLevel: true);
        writer.Leave();
    }

    private static void WriteInner(ref WireWriter writer, Exception exception, int depth)
    {
        if (exception is AggregateException aggregate)
        {
            foreach (var inner in aggregate.InnerExceptions.Take(WireLimits.MaxInnerExceptions))
            {
                writer.WriteMember(InnerAll, WireType.Object);
                WriteMembers(ref writer, inner, depth);
            }
        }
        else if (exception.InnerException is { } inner)
        {
            writer.WriteMember(Inner, WireType.Object);
            WriteMembers(ref writer, inner, depth);
        }
    }

    // A message of its own, so that members that cannot be written are left out, and the exception arrives all the same.
    private static byte[]? OwnMembersOf(Exception exception, ExceptionMembers members, int depth)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer, depth);
        try
        {
            members.Write(ref writer, exception);
        }
        catch (SerializerException)
        {
            return null;
        }
        finally
        {
            writer.Commit();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The property is the application's; without it there is still the type.
            return "";
        }
    }

    private static string? StackTraceOf(Exception exception) =>
        exception.StackTrace is { Length: > WireLimits.MaxStackTraceLength } trace ? trace[..WireLimits.MaxStackTraceLength] : exception.StackTrace;
}
