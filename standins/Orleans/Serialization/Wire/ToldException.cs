using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Wire;

/// <summary>What a message tells of an exception, and the exception that is made of it.</summary>
internal sealed class ToldException
{
    public string? TypeName { get; set; }

    public string? Message { get; set; }

    /// <summary>The text behind the message, where the type adds to it what its members or its causes tell.</summary>
    public string? OwnMessage { get; set; }

    public string? StackTrace { get; set; }

    public int Code { get; set; }

    public Exception? Inner { get; set; }

    public List<Exception> InnerAll { get; } = [];

    public byte[]? OwnMembers { get; set; }

    public Exception Make(ref WireReader reader)
    {
        var exception = MakeKnown(ref reader) ?? new UnavailableExceptionFallbackException(Message ?? "", (Inner ?? InnerAll.FirstOrDefault())!) { ExceptionType = TypeName };
        exception.HResult = Code;
        if (!string.IsNullOrEmpty(StackTrace)) ExceptionDispatchInfo.SetRemoteStackTrace(exception, StackTrace);
        return exception;
    }

    // Null where the type is unknown, or would not tell the same message.
    private Exception? MakeKnown(ref WireReader reader)
    {
        if (TypeName is null || KnownTypes.FindException(TypeName) is not { IsAbstract: false, ContainsGenericParameters: false } type) return null;
        if (type == typeof(AggregateException)) return new AggregateException(OwnMessage, InnerAll);

        var members = ExceptionMembers.Of(type);
        var exception = members.New(OwnMessage ?? Message, Inner);
        return ReadOwnMembers(ref reader, members, exception) && TellsTheSame(exception) ? exception : null;
    }

    private bool ReadOwnMembers(ref WireReader reader, ExceptionMembers members, Exception exception)
    {
        if (OwnMembers is null) return true;

        try
        {
            var own = new WireReader(new ReadOnlySequence<byte>(OwnMembers), reader.References, reader.Depth);
            members.Read(ref own, exception);
            return true;
        }
        catch (SerializerException)
        {
            // Another version's members: the type and the message are told all the same.
            return false;
        }
    }

    private bool TellsTheSame(Exception exception)
    {
        try
        {
            return OwnMembers is not null || exception.Message == Message;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A type of .NET or of the application that tells its message from members that did not cross.
            return false;
        }
    }
}
