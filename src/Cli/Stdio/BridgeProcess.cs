using System.Runtime.InteropServices;
using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Requests;
using Actors.Cli.Retries;
using Actors.Cli.Sessions;
using Actors.Cli.Stateless;
using Actors.Cli.Tools;

namespace Actors.Cli.Stdio;

/// <summary>The life of the bridge: it ends with the host's end of the line, with a signal, or when the host is gone.</summary>
internal sealed class BridgeProcess(StdioOptions options, TextWriter errors, TimeProvider time)
{
    // After it, what still holds on is left behind: a host that has said goodbye kills who stays.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Stream stdin, Stream stdout, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ending = new CancellationTokenSource();
        using var terminate = OnSignal(PosixSignal.SIGTERM, stopping);
        using var interrupt = OnSignal(PosixSignal.SIGINT, stopping);
        using var endpoint = new Endpoint(options);
        var diagnostics = new Diagnostics(errors, options.IsVerbose, time);
        var output = new HostOutput(stdout, options.MaxQueuedMessages);
        var requests = new RequestsUnderWay(options.MaxRequests);
        var (bridge, sessions) = Compose(stdin, output, requests, endpoint, diagnostics, ending.Token);

        using var closed = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, output.Broken);
        var isAnswered = await ServeAsync(bridge, requests, closed.Token);
        var parting = sessions.EndAsync();
        await Task.WhenAny(parting, Task.Delay(LastWords, time, CancellationToken.None));
        await ending.CancelAsync();
        var isWritten = await output.CompleteAsync(LastWords, time);
        if (output.Broken.IsCancellationRequested)
            return ExitCodes.HostGone;
        return stopping.IsCancellationRequested || (isAnswered && isWritten) ? ExitCodes.Done : ExitCodes.Unanswered;
    }

    /// <summary>False: the host closed its end, and did not get all its answers in time.</summary>
    private async Task<bool> ServeAsync(Bridge bridge, RequestsUnderWay requests, CancellationToken closed)
    {
        // A read of standard input cannot be cancelled, only left behind.
        var reading = bridge.ReadAsync(closed);
        await Task.WhenAny(reading, WhenCancelledAsync(closed));
        if (closed.IsCancellationRequested)
            return true;
        await reading;
        await requests.EndSubscriptionsAsync();
        var answered = requests.AllAsync();
        await Task.WhenAny(answered, Task.Delay(options.DrainTimeout, time, closed));
        return answered.IsCompleted;
    }

    private (Bridge Bridge, SessionEra Sessions) Compose(
        Stream stdin, HostOutput output, RequestsUnderWay requests, Endpoint endpoint, Diagnostics diagnostics, CancellationToken ending)
    {
        var contact = new ServerContact(diagnostics, time);
        var tools = new KnownTools(diagnostics);
        var answers = new Answers(tools, diagnostics, time);
        var delivery = new Delivery(new Repeatability(tools), contact, diagnostics);
        var listing = new ToolListing(endpoint, tools, diagnostics);
        var memory = new SessionMemory();
        var current = new CurrentSession(endpoint, memory, new ServerStream(endpoint, output, options, diagnostics, time), diagnostics);
        var sessions = new SessionEra(
            current,
            new SessionRequests(endpoint, current, memory, new StreamResumption(endpoint, time), answers, delivery),
            new SessionPosts(endpoint, current, options, contact, diagnostics, time, ending),
            memory,
            diagnostics);
        var bridge = new Bridge(
            new HostInput(stdin, options.MaxLineBytes),
            output,
            requests,
            new StatelessRequests(endpoint, answers, delivery, tools, listing),
            new Subscriptions(endpoint, tools, delivery, answers, diagnostics, time),
            sessions,
            () => new Patience(options, contact, time),
            options,
            diagnostics);
        return (bridge, sessions);
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stopping) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stopping.Cancel();
        });

    private static async Task WhenCancelledAsync(CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
