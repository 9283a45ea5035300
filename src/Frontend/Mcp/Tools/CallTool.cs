using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Frontend.Catalogues;
using Actors.Frontend.JobTools;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Headers;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
using Actors.Frontend.Mcp.Sessions;
using Actors.Frontend.Placement;
using Actors.Jobs;
using Actors.Tools;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Tools;

/// <summary><c>tools/call</c>: a job tool of the server's own, a short tool, or a tool that becomes a job.</summary>
internal sealed class CallTool(
    CatalogueFeed catalogue,
    JobToolSet jobTools,
    RoundTrips rounds,
    PrimitiveDispatch dispatch,
    InlineCalls inline,
    JobCalls jobs,
    CallOptionsReader optionsReader,
    FollowUpReader followUps,
    ArgumentCheck check,
    ServerIdentity identity,
    IOptions<FrontendLimits> limits) : McpMethod
{
    private readonly int _maxArgumentsBytes = limits.Value.MaxArgumentsBytes;

    public override string Name => "tools/call";

    public override MirroredMember Mirrors => MirroredMember.Name;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        using var document = ParamsDocument.Open(request);
        var parameters = document.RootElement;
        var arguments = ReadArguments(parameters);
        var name = request.Envelope.Name!;
        if (jobTools.Find(name) is { } jobTool)
        {
            if (request.Envelope.HasCallOptions)
                CallOptionsReader.RefuseForShortTool(name, optionsReader.Read(parameters));
            await jobTool.CallAsync(request, arguments);
            return;
        }
        var view = await catalogue.GetAsync(request.Aborted);
        if (!view.ToolsByName.TryGetValue(name, out var tool))
            throw new RefusedException(Refusal.InvalidParams, $"Unknown tool: {name}. tools/list names those there are.");
        // The headers that mirror parameters came with 2026-07-28.
        if (!request.IsLegacy)
            ParameterHeaders.Check(request.Http.Request.Headers, tool.HeaderParameters, arguments);
        var wish = TaskWish.Read(request, parameters);
        JobCalls.CheckTerms(request, tool.Name, tool.Job, wish);
        var options = optionsReader.Read(request, parameters);
        JobCalls.CheckOptions(tool.Name, tool.Job, wish, options);
        if (options.HasFollowUp)
            options = options with { FollowUp = followUps.Read(view, parameters) };
        var round = await rounds.OpenAsync(request, name, parameters);
        var call = PrimitiveCalls.From(request, name, round);
        if (check.Find(tool, arguments) is { } mistake)
        {
            await RefuseAsync(request, wish, mistake);
            return;
        }
        if (tool.Job is null)
            await inline.AnswerAsync(request, round, await dispatch.InvokeAsync(request, call));
        else
            await CallJobAsync(request, tool.Job, round, wish, call, options);
    }

    private async ValueTask CallJobAsync(McpRequest request, JobTerms terms, Round round, TaskWish? wish, PrimitiveCall call, CallOptions options)
    {
        try
        {
            await jobs.CallAsync(request, terms, round, wish, call, options);
        }
        catch (JobRefusedException refused) when (wish is null && LimitReached.Of(refused.Error) is { } limit)
        {
            // A tool error, which the model gets to read; an error of the protocol's may end with its host.
            await Backpressure.AnswerAsync(request, identity, limit);
        }
    }

    private ValueTask RefuseAsync(McpRequest request, TaskWish? wish, string mistake)
    {
        // A call that asks to be a task has no other result than the task (2025-11-25, Tasks), so it ends as a protocol error.
        if (wish is not null)
            throw new RefusedException(Refusal.InvalidParams, mistake);
        // "Input validation errors" are tool execution errors, which models can mend (Tools, Error Handling; SEP-1303).
        return ToolAnswer.SendAsync(request, identity, new ToolText(mistake), isError: true);
    }

    private JsonElement? ReadArguments(JsonElement parameters)
    {
        var arguments = ParamsDocument.OptionalObject(parameters, "arguments");
        if (arguments is { } value && JsonMarshal.GetRawUtf8Value(value).Length > _maxArgumentsBytes)
            throw new RefusedException(
                Refusal.InvalidParams, $"params.arguments is over the limit of {_maxArgumentsBytes} bytes (Actors:Limits:MaxArgumentsBytes).");
        return arguments;
    }
}
