using System.Buffers;
using System.Net.Sockets;
using Orleans.Contract.Tests.Calls;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Wire;
using Orleans.Storage;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>What a grain throws arrives as what it is, or at least with its type's name and its message.</summary>
public sealed class ExceptionTests
{
    public static TheoryData<Exception> OfDotNet =>
    [
        new InvalidOperationException("not now"), new ArgumentException("bad", "name"), new ArgumentNullException("name"), new TimeoutException(),
        new OperationCanceledException("stop"), new TaskCanceledException(), new NotSupportedException("no"), new FormatException("form"), new KeyNotFoundException("key"),
        new ObjectDisposedException("thing", "gone"), new IOException("disk", new UnauthorizedAccessException("locked")), new HttpRequestException("far"), (Exception)Activator.CreateInstance(typeof(Exception), "plain")!, Activator.CreateInstance<Exception>(),
        new OrleansException("orleans"), new SiloUnavailableException("away"), new SerializerException("wire"), new System.Text.Json.JsonException("json"),
        new AggregateException("many", new InvalidOperationException("a"), new AggregateException(new FormatException("b")))
    ];

    [Theory]
    [MemberData(nameof(OfDotNet))]
    public void An_exception_arrives_with_its_type_and_message(Exception exception)
    {
        var copy = RoundTrip(exception);
        Assert.Equal(exception.GetType(), copy.GetType());
        Assert.Equal(exception.Message, copy.Message);
        Assert.Equal(exception.HResult, copy.HResult);
        Assert.Equal(exception.InnerException?.GetType(), copy.InnerException?.GetType());
        Assert.Equal(exception.InnerException?.Message, copy.InnerException?.Message);
    }

    [Fact]
    public void All_causes_of_an_AggregateException_arrive()
    {
        var copy = Assert.IsType<AggregateException>(RoundTrip(new AggregateException(new FormatException("a"), new CustomException("b", 2))));
        Assert.Equal(2, copy.InnerExceptions.Count);
        Assert.Equal(2, Assert.IsType<CustomException>(copy.InnerExceptions[1]).Code);
    }

    [Fact]
    public void Members_of_an_exceptions_own_arrive()
    {
        var copy = Assert.IsType<CustomException>(RoundTrip(new CustomException("broken", 7, new Dog { Name = "Rex" }, new FormatException("inner"))));
        Assert.Equal((7, "7: broken"), (copy.Code, copy.Message));
        Assert.Equal("Rex", Assert.IsType<Dog>(copy.Detail).Name);
        Assert.Equal("inner", copy.InnerException!.Message);

        var conflict = Assert.IsType<InconsistentStateException>(RoundTrip(new InconsistentStateException("conflict", "1", "2")));
        Assert.Equal(("1", "2"), (conflict.StoredEtag, conflict.CurrentEtag));
    }

    [Fact]
    public void The_stack_trace_says_where_it_was_thrown()
    {
        var copy = RoundTrip(Thrown(() => throw new InvalidOperationException("x")));
        Assert.Contains(nameof(The_stack_trace_says_where_it_was_thrown), copy.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_stack_trace_is_cut()
    {
        var exception = new FormatException("deep");
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.SetRemoteStackTrace(exception, new string('x', 10 * WireLimits.MaxStackTraceLength));
        Assert.Equal(WireLimits.MaxStackTraceLength, RoundTrip(exception).StackTrace!.Count(character => character == 'x'));
    }

    [Fact]
    public void An_exception_of_an_unknown_type_arrives_with_its_name_and_message()
    {
        var copy = Assert.IsType<UnavailableExceptionFallbackException>(WireFormat.Read<Exception>(OfType("Somewhere.Else.OddException", "odd")));
        Assert.Equal(("Somewhere.Else.OddException", "odd"), (copy.ExceptionType, copy.Message));
        // And onwards from there.
        var onwards = Assert.IsType<UnavailableExceptionFallbackException>(RoundTrip(copy));
        Assert.Equal(("Somewhere.Else.OddException", "odd"), (onwards.ExceptionType, onwards.Message));
        Assert.Contains("Somewhere.Else.OddException", onwards.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.IO.FileInfo")]
    [InlineData("contract.dog")]
    [InlineData("System.String")]
    public void A_type_that_is_no_exception_is_not_made_into_one(string type) =>
        Assert.IsType<UnavailableExceptionFallbackException>(WireFormat.Read<Exception>(OfType(type, "x")));

    [Fact]
    public void An_exception_that_would_tell_another_message_arrives_with_the_right_one()
    {
        var exception = new SocketException((int)SocketError.ConnectionRefused);
        Assert.Equal(exception.Message, RoundTrip(exception).Message);
    }

    [Fact]
    public void An_exception_whose_members_have_no_codec_arrives_all_the_same()
    {
        var copy = Assert.IsType<UnavailableExceptionFallbackException>(RoundTrip(new CustomException("x", 1, new Unknown())));
        Assert.Equal("1: x", copy.Message);
    }

    [Fact]
    public void A_long_chain_of_causes_is_cut()
    {
        Exception exception = new FormatException("root");
        for (var i = 0; i < 1000; i++) exception = new InvalidOperationException($"{i}", exception);
        var depth = 0;
        for (var copy = RoundTrip(exception); copy is not null; copy = copy.InnerException!) depth++;
        Assert.Equal(WireLimits.MaxInnerExceptions + 1, depth);
    }

    [Fact]
    public void An_exception_as_a_member_arrives()
    {
        var copy = WireFormat.RoundTrip<object>(new List<Exception?> { new CustomException("x", 3), null, new FormatException("f") });
        var list = Assert.IsType<List<Exception?>>(copy);
        Assert.Equal(3, Assert.IsType<CustomException>(list[0]).Code);
        Assert.Null(list[1]);
        Assert.Equal(4, WireFormat.RoundTrip(new CustomException("x", 4)).Code);
    }

    private static Exception RoundTrip(Exception exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        WireExceptions.Write(ref writer, exception);
        writer.Commit();
        var reader = new WireReader(new ReadOnlySequence<byte>(buffer.WrittenMemory));
        var copy = WireExceptions.Read(ref reader);
        Assert.Equal(0, reader.Remaining);
        return copy;
    }

    private static byte[] OfType(string type, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        writer.WriteByte(WireHead.Of(WireType.Object, remembered: false, typed: false));
        Members.Write(ref writer, 0, type);
        Members.Write(ref writer, 1, message);
        writer.WriteEnd(2, isLastLevel: true);
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }

    private static Exception Thrown(Action action) => Record.Exception(action)!;
}
