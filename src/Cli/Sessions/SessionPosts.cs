using System.Threading.Channels;
using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Retries;
using Actors.Cli.Stdio;

namespace Actors.Cli.Sessions;

/// <summary>The host's notifications, and its answers to the server's requests: posted one after the other, in its order.</summary>
internal sealed class SessionPosts
{
    private readonly Channel<(Message Message, Task Before, TaskCompletionSource Done)> _queue;
    private readonly Endpoint _endpoint;
    private readonly CurrentSession _current;
    private readonly StdioOptions _options;
    private readonly ServerContact _contact;
    private readonly Diagnostics _diagnostics;
    private readonly TimeProvider _time;
    private readonly Task _running;

    public SessionPosts(
        Endpoint endpoint,
        CurrentSession current,
        StdioOptions options,
        ServerContact contact,
        Diagnostics diagnostics,
        TimeProvider time,
        CancellationToken ending)
    {
        (_endpoint, _current, _options, _contact, _diagnostics, _time) = (endpoint, current, options, contact, diagnostics, time);
        _queue = Channel.CreateBounded<(Message, Task, TaskCompletionSource)>(options.MaxQueuedMessages);
        _running = RunAsync(ending);
    }

    /// <summary>Waits for room, not for the server.</summary>
    /// <param name="message">What to post.</param>
    /// <param name="before">What must be done first.</param>
    /// <param name="cancellationToken">The bridge ends.</param>
    /// <returns>Done when the server has it, or will not get it.</returns>
    public async ValueTask<Task> AddAsync(Message message, Task before, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((message, before, done), cancellationToken);
        return done.Task;
    }

    /// <summary>When all of them are posted, and no more come.</summary>
    public Task CompleteAsync()
    {
        _queue.Writer.TryComplete();
        return _running;
    }

    private async Task RunAsync(CancellationToken ending)
    {
        try
        {
            await foreach (var (message, before, done) in _queue.Reader.ReadAllAsync(ending))
            {
                await before.WaitAsync(ending);
                await PostAsync(message, ending);
                done.SetResult();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The bridge ends.
        }
    }

    private async Task PostAsync(Message message, CancellationToken ending)
    {
        var patience = new Patience(_options, _contact, _time);
        while (true)
        {
            TimeSpan? after = null;
            try
            {
                var session = _current.Now;
                using var reply = await _endpoint.PostAsync(message.Bytes, headers => session?.AddTo(headers), ending);
                if (await CurrentSession.IsEndedAsync(reply, session, ending))
                    await _current.RenewAsync(session, ending);
                // An answer belongs to a question of the session that has ended.
                else if (!StreamResumption.IsPassing(reply.Status))
                {
                    if (!reply.IsSuccess)
                        _diagnostics.Say($"The server does not take {message}: HTTP {(int)reply.Status}.");
                    return;
                }
                if (message.Kind == MessageKind.Response && session != _current.Now)
                    return;
                after = reply.RetryAfter(_time);
            }
            catch (ConnectionLostException e)
            {
                _contact.Lost(e.Message);
            }
            if (await patience.PauseAsync(after, ending))
                continue;
            _diagnostics.Say($"Gave up sending {message}.");
            return;
        }
    }
}
