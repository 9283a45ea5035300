using System.Text.Json;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// Reads the options of a tools/call, in any revision. A member that begins with <c>actors/</c> and is none of them is refused: it was meant to
/// do something, and a call whose key is mistyped would run twice.
/// </summary>
internal sealed class CallOptionsReader(IOptions<FrontendLimits> limits, TimeProvider time)
{
    /// <summary>How the names of all options begin.</summary>
    public const string Prefix = "actors/";

    private const int MaxPriority = 100;

    private readonly TimeSpan _maxStartDelay = limits.Value.MaxStartDelay;

    /// <exception cref="RefusedException">One of them is not as it must be; the message names it.</exception>
    public CallOptions Read(McpRequest request, JsonElement parameters)
    {
        var options = request.Envelope.HasCallOptions ? Read(parameters) : CallOptions.None;
        if (IdempotencyKeys.OfHeader(request.Http.Request.Headers) is not { } key)
            return options;
        return options.IdempotencyKey is null || options.IdempotencyKey == key
            ? options with { IdempotencyKey = key }
            : throw new RefusedException(
                Refusal.InvalidParams, $"The header {IdempotencyKeys.Header} and params._meta[\"{IdempotencyKeys.Member}\"] must be equal where both are given.");
    }

    /// <summary>The same without the header, from the params alone.</summary>
    public CallOptions Read(JsonElement parameters)
    {
        if (ParamsDocument.OptionalObject(parameters, "_meta") is not { } meta)
            return CallOptions.None;
        var options = CallOptions.None;
        foreach (var member in meta.EnumerateObject())
        {
            if (member.Name.StartsWith(Prefix, StringComparison.Ordinal))
                options = Take(options, member);
        }
        return options;
    }

    /// <exception cref="RefusedException">A tool that becomes no job is asked for what only a job can do.</exception>
    public static void RefuseForShortTool(string tool, CallOptions options)
    {
        var asked = options switch
        {
            { IdempotencyKey: not null } => $"params._meta[\"{IdempotencyKeys.Member}\"] (or the header {IdempotencyKeys.Header})",
            { StartAt: not null } => "params._meta[\"actors/startAt\"] (or actors/delayMs)",
            { Retry: not null } => "params._meta[\"actors/retry\"]",
            { TtlMs: not null } => "params._meta[\"actors/ttlMs\"]",
            { HasFollowUp: true } => $"params._meta[\"{FollowUpReader.Then}\"] (or {FollowUpReader.Webhook})",
            { Priority: not 0 } => "params._meta[\"actors/priority\"]",
            _ => null,
        };
        if (asked is not null)
            throw new RefusedException(Refusal.InvalidParams, $"{asked} is for tools that become jobs; '{tool}' answers at once and keeps no record. Call it without.");
    }

    private CallOptions Take(CallOptions options, JsonProperty member)
    {
        var option = new CallOption(member.Name, member.Value);
        return member.Name switch
        {
            "actors/labels" => options with { Labels = JobLabels.Read(option) },
            IdempotencyKeys.Member => options with { IdempotencyKey = IdempotencyKeys.Read(option) },
            "actors/startAt" => options with { StartAt = Once(options, StartAt(option)) },
            "actors/delayMs" => options with { StartAt = Once(options, time.GetUtcNow().AddMilliseconds(option.Integer(0, (long)_maxStartDelay.TotalMilliseconds))) },
            "actors/priority" => options with { Priority = (int)option.Integer(-MaxPriority, MaxPriority) },
            "actors/retry" => options with { Retry = RetryWish.Read(option) },
            "actors/ttlMs" => options with { TtlMs = option.Integer(0, long.MaxValue / 2) },
            // They are read later, together, and beside the catalogue.
            FollowUpReader.Then or FollowUpReader.Webhook => options with { HasFollowUp = options.HasFollowUp || member.Value.ValueKind != JsonValueKind.Null },
            _ => throw option.Invalid(
                "is not an option of a call; there are: actors/idempotencyKey, actors/startAt, actors/delayMs, actors/priority, actors/retry, actors/ttlMs, actors/labels, actors/then, actors/webhook"),
        };
    }

    private DateTimeOffset StartAt(CallOption option)
    {
        var start = option.Time();
        return start - time.GetUtcNow() <= _maxStartDelay
            ? start
            : throw option.Invalid($"is further away than {_maxStartDelay.TotalDays:0.##} days, the most that is allowed (Actors:Limits:MaxStartDelay)");
    }

    private static DateTimeOffset Once(CallOptions options, DateTimeOffset start) => options.StartAt is null
        ? start
        : throw new RefusedException(Refusal.InvalidParams, "params._meta[\"actors/startAt\"] and params._meta[\"actors/delayMs\"] exclude each other: give one of them.");
}
