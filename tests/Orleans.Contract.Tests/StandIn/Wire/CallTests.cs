using System.Buffers;
using Orleans.Calls;
using Orleans.References;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Wire;
using Orleans.Streams;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Calls as messages: which method, with which arguments, and what it came to.</summary>
public sealed class CallTests
{
    [Fact]
    public void A_call_is_made_again_from_its_names_and_arguments()
    {
        var call = Call<IWireGrain>("echo");
        call.SetArgument(0, new Dog { Name = "Rex", Age = 3 });
        call.SetArgument(2, "a note");
        var copy = RoundTrip(call);
        Assert.Same(call.Method, copy.Method);
        Assert.Equal("Rex", ((Dog)copy.GetArgument(0)!).Name);
        Assert.Equal("a note", copy.GetArgument(2));
        Assert.True(copy.IsCancellable);
    }

    [Fact]
    public void A_token_does_not_cross()
    {
        using var source = new CancellationTokenSource();
        var call = Call<IWireGrain>("echo");
        call.SetArgument(1, source.Token);
        Assert.Equal(default(CancellationToken), RoundTrip(call).GetCancellationToken());
    }

    [Fact]
    public void Overloads_are_told_apart()
    {
        var numbers = Call<IWireGrain>("AddAsync/2(System.Int32,System.Int32)");
        var texts = Call<IWireGrain>("AddAsync/2(System.Int32,System.String)");
        texts.SetArgument(1, "x");
        Assert.Equal(typeof(int), numbers.GetMethod().GetParameters()[1].ParameterType);
        Assert.Equal("x", RoundTrip(texts).GetArgument(1));
    }

    [Fact]
    public void An_argument_that_the_caller_does_not_know_has_its_default_and_one_that_the_grain_does_not_know_is_passed_over()
    {
        var older = Call<IOtherWireGrain>("echo");
        older.SetArgument(0, new Dog { Age = 1 });
        var newer = Call<IWireGrain>("echo");
        Copy(older, newer);
        Assert.Equal(1, ((Dog)newer.GetArgument(0)!).Age);
        Assert.Equal("none", newer.GetArgument(2));

        newer.SetArgument(2, "unknown there");
        var back = Call<IOtherWireGrain>("echo");
        Copy(newer, back);
        Assert.Equal(1, ((Dog)back.GetArgument(0)!).Age);
    }

    [Fact]
    public void A_generic_interface_is_told_with_its_arguments()
    {
        var name = GrainInterfaces.NameOf(typeof(IGenericWireGrain<List<int>>));
        var call = CallCatalog.Create(name, "EchoAsync/1");
        Assert.Equal(typeof(IGenericWireGrain<List<int>>), call.GetInterfaceType());
        call.SetArgument(0, new List<int> { 1 });
        Assert.Equal(new List<int> { 1 }, RoundTrip(call).GetArgument(0));
    }

    [Theory]
    [InlineData("contract.call", "NoSuchAsync/1")]
    [InlineData("No.Such.IGrain", "EchoAsync/1")]
    [InlineData("System.String", "Clone/0")]
    [InlineData("System.IDisposable", "Dispose/0")]
    [InlineData("contract.dog", "EchoAsync/1")]
    [InlineData("contract.generic-wire", "EchoAsync/1")]
    [InlineData("contract.generic-wire<System.IO.FileInfo>", "EchoAsync/1")]
    public void A_method_that_is_not_there_is_refused_by_its_name(string interfaceName, string method)
    {
        var refusal = Assert.Throws<SerializerException>(() => CallCatalog.Create(GrainInterfaceType.Create(interfaceName), method));
        Assert.Contains(method, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_reaches_whoever_awaits_the_call_in_the_other_process()
    {
        var answer = new RecordedAnswer();
        var atGrain = Call<IWireGrain>("echo");
        atGrain.Origin = answer;
        atGrain.Complete(Response.FromResult(new Dog { Name = "Rex" }));
        atGrain.Fail(new TimeoutException());

        var atCaller = Call<IWireGrain>("echo");
        var reader = new WireReader(answer.Result);
        atCaller.ReadResult(ref reader);
        Assert.Equal(1, answer.Count);
        Assert.True(atCaller.IsSettled);
        // What the awaiter would get is what a further answer would be made of.
        var received = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(received);
        atCaller.WriteResult(ref writer);
        writer.Commit();
        Assert.Equal(answer.Result.ToArray(), received.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_failure_goes_to_the_other_process_and_nowhere_else()
    {
        var answer = new RecordedAnswer();
        var call = Call<IWireGrain>("NothingAsync/0");
        call.Origin = answer;
        call.Fail(new InvalidOperationException("no"));
        call.Complete(Response.Completed);
        Assert.Equal(1, answer.Count);
        Assert.Equal("no", answer.Failure!.Message);
    }

    [Fact]
    public void A_method_without_a_result_answers_with_nothing()
    {
        var answer = new RecordedAnswer();
        var call = Call<IWireGrain>("NothingAsync/0");
        call.Origin = answer;
        call.Complete(Response.Completed);
        Assert.Equal(0, answer.Result.Length);
    }

    [Fact]
    public void The_polls_of_a_stream_bring_its_arguments_once()
    {
        var stream = (StreamCall<string>)Call<IWireGrain>("StreamAsync/2", CallKind.StreamPoll, create: false);
        stream.SetArgument(0, "prefix");
        stream.MaxBatchSize = 7;
        var id = Guid.NewGuid();
        var opening = RoundTrip(new StreamPoll<string>(id, stream, opens: true, default));
        var next = RoundTrip(new StreamPoll<string>(id, stream, opens: false, default));
        Assert.Equal("prefix", Assert.IsType<StreamPoll<string>>(opening).GetArgument(0));
        Assert.Equal(0, Assert.IsType<StreamPoll<string>>(next).GetArgumentCount());
        Assert.True(opening.Method.Options.HasFlag(CodeGeneration.InvokeMethodOptions.AlwaysInterleave));
        Assert.IsType<StreamClose>(RoundTrip(new StreamClose(id, stream.Method)));
    }

    [Fact]
    public void A_batch_of_a_stream_arrives()
    {
        var batch = WireFormat.RoundTrip(new StreamBatch<Animal>(StreamStatus.Completed, [new Dog { Name = "Rex" }, new Animal()]));
        Assert.Equal(StreamStatus.Completed, batch.Status);
        Assert.Equal("Rex", Assert.IsType<Dog>(batch.Items![0]).Name);
        Assert.Null(WireFormat.RoundTrip(StreamBatch<int>.Heartbeat).Items);
    }

    [Fact]
    public void A_stream_that_is_called_as_a_method_is_refused() =>
        Assert.Throws<SerializerException>(() => Call<IWireGrain>("StreamAsync/2"));

    [Fact]
    public void A_method_that_is_polled_as_a_stream_is_refused() =>
        Assert.Throws<SerializerException>(() => Call<IWireGrain>("echo", CallKind.StreamPoll));

    private static GrainCall Call<TInterface>(string method, CallKind kind = CallKind.Method, bool create = true)
    {
        var name = GrainInterfaces.NameOf(typeof(TInterface));
        if (create) return CallCatalog.Create(name, method, kind);

        return CallCatalog.Create(name, method, kind).Method.Arguments!.NewCall();
    }

    private static GrainCall RoundTrip(GrainCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        CallCatalog.Write(ref writer, call);
        call.WriteArguments(ref writer);
        writer.Commit();
        var reader = new WireReader(new ReadOnlySequence<byte>(buffer.WrittenMemory));
        var copy = CallCatalog.Create(ref reader);
        copy.ReadArguments(ref reader);
        Assert.Equal(0, reader.Remaining);
        Assert.NotSame(call, copy);
        return copy;
    }

    private static void Copy(GrainCall from, GrainCall to)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        from.WriteArguments(ref writer);
        writer.Commit();
        var reader = new WireReader(new ReadOnlySequence<byte>(buffer.WrittenMemory));
        to.ReadArguments(ref reader);
        Assert.Equal(0, reader.Remaining);
    }
}
