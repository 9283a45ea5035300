using System.Collections.Immutable;
using System.Text.Json;
using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Tenants;
using Actors.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Orleans;

namespace Actors.Silo.Mcp;

/// <summary>
/// The server of an inline call. A question that has no stored answer yet ends the round: the client gets it as
/// <c>input_required</c>, and the tool runs again with the answer (MRTR).
/// </summary>
internal sealed class InlineServer(
    PrimitiveCall call, CallProfile profile, IServiceProvider services, Action<PrimitiveEvent>? notify, IGrainFactory grains)
    : CallServer(profile, services)
{
    private readonly LoggingLevel? _lowest = profile.LogLevel;
    private readonly QuestionBook _book = new([.. call.Exchanges.Select(WellFormed)]);
    private readonly Lock _asking = new();
    private readonly Lock _reporting = new();
    private double _reported = double.NegativeInfinity;

    /// <summary>What the tool asked in this round and has no answer to, and all exchanges so far.</summary>
    public (ImmutableArray<Jobs.InputRequest> Open, ImmutableArray<InputExchange> All) Questions()
    {
        lock (_asking)
        {
            return (_book.Open, _book.Exchanges);
        }
    }

    public override Task<byte[]> AskAsync(InputQuestion question, CancellationToken cancellationToken)
    {
        lock (_asking)
        {
            var exchange = _book.Ask(question);
            return exchange.Answer is { } answer
                ? Task.FromResult(answer)
                : Task.FromException<byte[]>(new RoundEndedException());
        }
    }

    // Progress must increase with each notification (Progress, Progress Flow); what does not is left out.
    protected override void Progress(ProgressNotificationParams progress)
    {
        lock (_reporting)
        {
            if (progress.Progress.Progress > _reported)
            {
                _reported = progress.Progress.Progress;
                notify?.Invoke(Event(NotificationMethods.ProgressNotification, progress));
            }
        }
    }

    protected override void Log(LoggingMessageNotificationParams message)
    {
        if (_lowest is { } lowest && message.Level >= lowest)
        {
            notify?.Invoke(Event(NotificationMethods.LoggingMessageNotification, message));
        }
    }

    protected override Task AnnounceAsync(string method, byte[]? parameters) =>
        grains.GetGrain<INotificationGrain>(call.Caller.Tenant)
            .PublishAsync(new ServerNotification(method, parameters)).AsTask();

    // An answer that does not fit its question is no answer: the client is asked again.
    private static InputExchange WellFormed(InputExchange exchange) =>
        exchange.Answer is { } answer && AnswerCheck.Fault(exchange.Request, answer) is not null
            ? exchange with { Answer = null }
            : exchange;

    private static PrimitiveEvent Event<T>(string method, T parameters) => PrimitiveEvent.Notification(
        method, JsonSerializer.SerializeToUtf8Bytes(parameters, McpJsonUtilities.DefaultOptions));
}
