using System.Buffers;
using Orleans.Calls;
using Orleans.Serialization.Wire;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>The other process, as far as one call is concerned: keeps the answer as it would be sent.</summary>
internal sealed class RecordedAnswer : ICallOrigin
{
    public bool IsOver => false;

    private readonly ArrayBufferWriter<byte> _result = new();

    public ReadOnlySequence<byte> Result => new(_result.WrittenMemory);

    public Exception? Failure { get; private set; }

    public int Count { get; private set; }

    public void Answered(GrainCall call)
    {
        Count++;
        var writer = new WireWriter(_result);
        call.WriteResult(ref writer);
        writer.Commit();
    }

    public void Failed(GrainCall call, Exception exception)
    {
        Count++;
        Failure = exception;
    }
}
