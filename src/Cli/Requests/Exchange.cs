using Actors.Cli.Host;
using Actors.Cli.Messages;
using Actors.Cli.Retries;

namespace Actors.Cli.Requests;

/// <summary>One request of the host until it is answered. Whatever is sent how often: the host gets one answer, or none if it cancelled.</summary>
internal sealed class Exchange(Message request, HostOutput output, Patience patience, CancellationToken ending) : IDisposable
{
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(ending);
    private double _progress = double.NegativeInfinity;
    private int _answered;

    public Message Request => request;

    public Patience Patience => patience;

    /// <summary>Cancelled when nobody waits for the answer any more.</summary>
    public CancellationToken Unwanted => _ending.Token;

    /// <summary>The host has cancelled it: nothing more of it may reach the host.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Of a revision without sessions: to end its connection is to cancel it.</summary>
    public bool IsStateless { get; init; }

    /// <summary>A stream that goes on until the host ends it, so that nobody waits for its end.</summary>
    public bool IsSubscription { get; init; }

    /// <summary>It is at the server, or was.</summary>
    public bool WasSent { get; set; }

    /// <summary>From here on nothing of it reaches the host; what is on its way goes on.</summary>
    public void Mute() => IsCancelled = true;

    /// <summary>Ends what is on its way, too.</summary>
    public async Task CancelAsync()
    {
        IsCancelled = true;
        try
        {
            await _ending.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It was answered meanwhile.
        }
    }

    public async ValueTask AnswerAsync(ReadOnlyMemory<byte> answer)
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0 && !IsCancelled)
            await output.WriteAsync(answer);
    }

    public ValueTask AnswerAsync(int code, string text) => AnswerAsync(ErrorMessage.Create(request.Id, code, text));

    /// <summary>Passes a notification or a server's request on, unless it tells of progress that a repeated request makes once more.</summary>
    public async ValueTask PassOnAsync(Message message)
    {
        if (IsCancelled || _answered != 0)
            return;
        // Progress must increase (Progress, Progress Flow).
        if (message is { Method: "notifications/progress", Progress: { } progress })
        {
            if (progress <= _progress)
                return;
            _progress = progress;
        }
        await output.WriteAsync(message.Bytes);
    }

    public void Dispose() => _ending.Dispose();
}
