using System.Text.Json;
using Actors.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>The errors that a job can be refused or end with, as their callers read them.</summary>
internal static class JobErrors
{
    private const int InvalidParams = -32602;
    private const int InternalError = -32603;

    public static JobError UnknownTool(string tool) => new(InvalidParams, $"There is no job tool '{tool}' here.");

    public static JobError ParamsTooLarge(int limitBytes) =>
        new(InvalidParams, $"The call's params are over the limit of {limitBytes} bytes.");

    public static JobError AnswerRefused(string fault) => new(InvalidParams, fault);

    public static JobError AnswerTooLarge(string key, int limitBytes) =>
        new(InvalidParams, $"The answer to '{key}' is over the limit of {limitBytes} bytes.");

    public static JobError HandleTaken() => new(InvalidParams, "A job with this handle already exists.");

    /// <summary>The same key, but not the same call.</summary>
    public static JobError OtherArguments(string idempotencyKey, string taskId) => new(
        InvalidParams,
        $"The idempotency key '{idempotencyKey}' stands for a call with other arguments, which became the job {taskId}. Use a new key for a new call, or the same arguments to get that job.",
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["idempotencyKey"] = idempotencyKey, ["taskId"] = taskId }));

    public static JobError NothingToRetry(string job) => new(InvalidParams, $"There is no job {job} to try again.");

    public static JobError NotToBeRetried(string job, JobStatus status) => new(
        InvalidParams, $"The job {job} is {status} and cannot be tried again: only one that failed or was cancelled can.");

    public static JobError ResultTooLarge(string tool, int limitBytes) =>
        new(InternalError, $"The result of '{tool}' is over the limit of {limitBytes} bytes.");

    public static JobError NotStorable(string tool) => new(InternalError, $"The result of '{tool}' cannot be stored.");

    public static JobError DiedAndMustNotRepeat(string tool) => new(
        InternalError, $"'{tool}' was interrupted, and its side effects must not happen twice.");

    public static JobError AttemptsExhausted(string tool, int attempts, string? lastError) => new(
        InternalError,
        $"'{tool}' was interrupted in the last of its {attempts} attempts: its process died, or lost its lease."
        + (lastError is null ? "" : $" The last attempt that said why it failed: {lastError}"));

    /// <summary>What its last attempt ended with, and that it was the last.</summary>
    public static JobError LastOf(JobError last, int attempts) => attempts == 1 ? last : last with
    {
        Message = $"{last.Message.TrimEnd('.')}. It was the last of {attempts} attempts.",
    };

    public static JobError OutOfTime(string tool, int seconds, JobError last) => new(
        InternalError, $"'{tool}' has used up its total time of {seconds} s. Its last attempt: {last.Message}");

    public static JobError OutOfTimeInLine(string tool, int seconds, string? lastError) => new(
        InternalError,
        $"'{tool}' has used up its total time of {seconds} s while it waited for its next attempt.{(lastError is null ? "" : $" Its last error: {lastError}")}");

    public static JobError NotAnswered(InputExchange question, DateTimeOffset askedAt) => new(
        InternalError,
        $"Nobody answered the question {QuestionWords.Of(question.Request)} in time; it was open since {AnswerWords.Time(askedAt)}.");

    public static JobError ToolGone(string tool) => new(InternalError, $"'{tool}' is no longer offered as a job here.");
}
