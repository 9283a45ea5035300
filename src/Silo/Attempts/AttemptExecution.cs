using System.Collections.Immutable;
using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Calls;
using Actors.Silo.Confirmations;
using Actors.Silo.Mcp;
using Actors.Silo.Packs;
using Actors.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Orleans;

namespace Actors.Silo.Attempts;

/// <summary>Runs a job's tool from its first line to an end.</summary>
internal sealed class AttemptExecution(
    PackContent content,
    ConfirmationGate confirmation,
    ToolInvocation invocation,
    IServiceScopeFactory scopes,
    IGrainFactory grains,
    StepTable stepTable,
    IOptions<CallOptions> options,
    IOptions<JobLimits> limits,
    TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The attempt was stopped, and the tool gave up.</exception>
    public async Task<AttemptEnd> RunAsync(RunningAttempt attempt)
    {
        var row = attempt.Attempt.Row;
        if (content.FindTool(row.Tool) is not { } tool)
        {
            return AttemptEnd.Failed(CallErrors.Unknown("tool", row.Tool));
        }

        if (TotalTime.DeadlineOf(row, attempt.Attempt.Terms) <= time.GetUtcNow())
        {
            return StoppedEnd.OutOfTime(attempt.Attempt);
        }

        var steps = new AttemptSteps(attempt, stepTable, limits.Value);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallScope>().Job = new AttemptContext(attempt, steps);
        try
        {
            // A job keeps every line its tool logs: who reads it, and from which level, is settled later.
            var profile = new CallProfile(
                row.ProtocolVersion, row.ClientCapabilities, row.ClientInfo, LoggingLevel.Debug, row.AnswersThroughJobTools);
            var server = new JobServer(attempt, profile, scope.ServiceProvider, grains, time);
            return await confirmation.RefusalAsync(tool, server, row.Params, attempt.Stopping) is { } refusal
                ? AttemptEnd.Completed(ResultJson.Write(refusal), isToolError: true)
                : await RoundsAsync(attempt, steps, tool, server);
        }
        catch (StepException exception)
        {
            return AttemptEnd.Failed(CallErrors.Internal with { Message = exception.Message });
        }
        catch (McpProtocolException exception)
        {
            var error = CallErrors.Of(exception, row.ProtocolVersion);
            return Retryable.Is(exception, tool.Job) ? AttemptEnd.FailedForNow(error, AttemptOutcome.Failed) : AttemptEnd.Failed(error);
        }
    }

    /// <summary>One round for most tools; a tool of its own rounds is called again with each round's answers.</summary>
    private async Task<AttemptEnd> RoundsAsync(RunningAttempt attempt, AttemptSteps steps, LoadedTool tool, JobServer server)
    {
        InputRequiredResult? round = null;
        ImmutableArray<Jobs.InputResponse> answers = [];
        for (var rounds = 0; rounds < options.Value.MaxRoundsPerAttempt; rounds++)
        {
            steps.BeginExecution();
            try
            {
                var result = await invocation.InvokeAsync(
                    tool, Request(attempt.Attempt.Row, tool, server, round, answers), attempt.Stopping);
                return Retryable.IsMarked(result)
                    ? AttemptEnd.FailedForNow(CallErrors.OfTool(tool.Name, result), AttemptOutcome.Failed, Retryable.After(result))
                    : AttemptEnd.Completed(ResultJson.Write(result), result.IsError is true);
            }
            catch (InputRequiredException asked)
            {
                round = asked.Result;
                answers = await AskAsync(attempt, server, round);
            }
        }

        return AttemptEnd.Failed(CallErrors.TooManyRounds(attempt.Attempt.Row.Tool, options.Value.MaxRoundsPerAttempt));
    }

    private static RequestContext<CallToolRequestParams> Request(
        JobRow row, LoadedTool tool, JobServer server, InputRequiredResult? round, ImmutableArray<Jobs.InputResponse> answers)
    {
        var parameters = CallParameters.Read<CallToolRequestParams>(row.Params);
        CallParameters.EnsureProgressToken(parameters, row.Id);
        if (round is not null)
        {
            CallParameters.SetRound(parameters, round.RequestState, answers);
        }

        var request = CallParameters.Context(
            server, RequestMethods.ToolsCall, tool.KeepsRequest ? row.Params : null, parameters, row.Owner);
        request.MatchedPrimitive = tool.Tool;
        return request;
    }

    private static async Task<ImmutableArray<Jobs.InputResponse>> AskAsync(
        RunningAttempt attempt, JobServer server, InputRequiredResult round)
    {
        var answers = OwnRounds.Questions(round).Select(async question =>
        {
            if (ClientNeeds.Missing(question.Value, server.ClientCapabilities!) is { } missing)
            {
                throw missing;
            }

            var asked = new InputQuestion(question.Key, question.Value.Method, OwnRounds.Utf8(question.Value));
            return new Jobs.InputResponse(question.Key, await attempt.AskAsync(asked, attempt.Stopping));
        });
        return [.. await Task.WhenAll(answers)];
    }
}
