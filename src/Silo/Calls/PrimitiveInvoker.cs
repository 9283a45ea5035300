using Actors.Grains.Tools;
using Actors.Jobs;
using Actors.Silo.Mcp;
using Actors.Silo.Packs;
using Actors.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Orleans;

namespace Actors.Silo.Calls;

/// <summary>Runs a call inline, in a service scope of its own, and says how it ended.</summary>
internal sealed partial class PrimitiveInvoker(
    PackContent content,
    PrimitiveBodies bodies,
    IServiceScopeFactory scopes,
    IGrainFactory grains,
    IOptions<CallOptions> options,
    TimeProvider time,
    ILogger<PrimitiveInvoker> logger) : IPrimitiveInvoker
{
    public async Task<PrimitiveOutcome> InvokeAsync(
        PrimitiveCall call, Action<PrimitiveEvent>? notify, CancellationToken cancellationToken)
    {
        if (call.Method == RequestMethods.ToolsCall && content.FindTool(call.Name)?.Job is { Start: JobStart.AtOnce })
        {
            return PrimitiveOutcome.BecomesJob(call.Exchanges);
        }

        using var limit = new CancellationTokenSource(options.Value.InlineTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A tool that does not look at its token is left behind when the time is up; its scope ends with it.
            return await RunAsync(call, notify, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogTimedOut(call.Caller.Tenant, call.Method, call.Name);
            return TimedOut(call, options.Value.InlineTimeout);
        }
    }

    private async Task<PrimitiveOutcome> RunAsync(
        PrimitiveCall call, Action<PrimitiveEvent>? notify, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var terms = call.Method == RequestMethods.ToolsCall ? content.FindTool(call.Name)?.Job : null;
        var context = new InlineContext(call.Caller.Tenant, call.Name, terms);
        scope.ServiceProvider.GetRequiredService<CallScope>().Job = context;
        InlineServer? server = null;
        try
        {
            var profile = new CallProfile(
                call.ProtocolVersion, call.ClientCapabilities, call.ClientInfo, CallProfile.Level(call.LogLevel), false);
            server = new InlineServer(call, profile, scope.ServiceProvider, notify, grains);
            var end = await EndAsync(call, server, cancellationToken);
            return Round(context, server) ?? end;
        }
        catch (RoundEndedException)
        {
            return Round(context, server!) ?? PrimitiveOutcome.Failed(CallErrors.Internal);
        }
    }

    private async Task<PrimitiveOutcome> EndAsync(PrimitiveCall call, InlineServer server, CancellationToken cancellationToken)
    {
        try
        {
            var end = await bodies.RunAsync(call, server, cancellationToken);
            return end.Result?.Length > options.Value.MaxResultBytes
                ? PrimitiveOutcome.Failed(CallErrors.TooLarge(call.Name, options.Value.MaxResultBytes))
                : end;
        }
        catch (InputRequiredException round)
        {
            return OwnRounds.Outcome(round.Result, server.ClientCapabilities!, server.Questions().All);
        }
        catch (McpProtocolException exception)
        {
            return PrimitiveOutcome.Failed(CallErrors.Of(
                exception, call.ProtocolVersion, call.Method == RequestMethods.ResourcesRead ? call.Name : null));
        }
        catch (Exception exception) when (
            exception is not (OperationCanceledException or RoundEndedException) && !cancellationToken.IsCancellationRequested)
        {
            // The boundary to prompts and resources, which have no word for a failure of their own.
            LogFailed(call.Caller.Tenant, call.Method, call.Name, exception);
            return PrimitiveOutcome.Failed(
                exception is McpException or StepException ? CallErrors.Internal with { Message = exception.Message } : CallErrors.Internal);
        }
    }

    /// <summary>What the call asked for while it ran, which outweighs how its tool ended; null where it asked for nothing.</summary>
    private static PrimitiveOutcome? Round(InlineContext context, InlineServer server)
    {
        var (open, all) = server.Questions();
        return context.BecomesJob ? PrimitiveOutcome.BecomesJob(all)
            : open.IsEmpty ? null
            : PrimitiveOutcome.InputRequired(open, null, all);
    }

    private static PrimitiveOutcome TimedOut(PrimitiveCall call, TimeSpan limit) =>
        call.Method == RequestMethods.ToolsCall
            ? PrimitiveOutcome.Completed(ResultJson.Write(ToolInvocation.Error(
                $"'{call.Name}' took longer than the {limit.TotalSeconds} s that a short tool has. " +
                "Its author can mark it [Job], and it runs as long as it needs.")))
            : PrimitiveOutcome.Failed(CallErrors.Internal with { Message = $"'{call.Name}' took longer than {limit.TotalSeconds} s." });

    [LoggerMessage(LogLevel.Warning, "A {Method} of tenant {Tenant} for {Name} took longer than an inline call may.")]
    private partial void LogTimedOut(string tenant, string method, string name);

    [LoggerMessage(LogLevel.Error, "A {Method} of tenant {Tenant} for {Name} failed.")]
    private partial void LogFailed(string tenant, string method, string name, Exception exception);
}
