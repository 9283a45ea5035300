using System.Threading.Channels;

namespace Actors.Bench.GrainCalls;

/// <summary>The least that an in-process actor can be: a channel, one reader, and an answer per message.</summary>
internal sealed class Mailbox : IAsyncDisposable
{
    private readonly Channel<(int Value, TaskCompletionSource<int> Answer)> _messages =
        Channel.CreateUnbounded<(int, TaskCompletionSource<int>)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _reader;

    public Mailbox() => _reader = Task.Run(ReadAsync);

    public Task<int> Echo(int value)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _messages.Writer.TryWrite((value, answer));
        return answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _messages.Writer.Complete();
        await _reader;
    }

    private async Task ReadAsync()
    {
        await foreach (var (value, answer) in _messages.Reader.ReadAllAsync()) answer.SetResult(value);
    }
}
