using System.Buffers;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>Something asked of a peer whose answer says nothing but that it came.</summary>
internal sealed class Question : IAwaitsReply
{
    private readonly TaskCompletionSource<bool> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False when the connection broke.</summary>
    public Task<bool> Answered => _answered.Task;

    public long ExpiresAtTicks => long.MaxValue;

    public void Replied(Link link, in ReplyHeader header, ref WireReader reader, ReadOnlySequence<byte> body) => _answered.TrySetResult(true);

    public void Broken(Link link, SiloUnavailableException reason) => _answered.TrySetResult(false);
}
