using System.Text.Json;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Storage.FollowUps;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// <c>params._meta["actors/then"]</c> and <c>["actors/webhook"]</c> of a tools/call: what is to follow the job's end. All of it is checked before the job is
/// made, because nobody is there to mend it when the job has ended.
/// </summary>
internal sealed class FollowUpReader(IOptions<FollowUpOptions> options, IOptions<WebhookOptions> webhooks)
{
    public const string Then = "actors/then";
    public const string Webhook = "actors/webhook";

    private static readonly string[] Outcomes = ["completed", "failed", "ended"];

    private readonly FollowUpOptions _options = options.Value;

    /// <summary>UTF-8 JSON for the job's record; null: nothing follows.</summary>
    /// <exception cref="RefusedException">It cannot be done like this; the message names the member.</exception>
    public byte[]? Read(CatalogueView view, JsonElement parameters)
    {
        if (ParamsDocument.OptionalObject(parameters, "_meta") is not { } meta)
            return null;
        var then = Member(meta, Then);
        var webhook = Member(meta, Webhook);
        if (then is null && webhook is null)
            return null;
        using var json = JsonBuffer.Rent();
        Write(json.Writer, view, then, webhook, $"params._meta[\"{Then}\"]", $"params._meta[\"{Webhook}\"]", depth: 1);
        return json.Written.Length <= _options.MaxBytes
            ? json.Written.ToArray()
            : throw new RefusedException(
                Refusal.InvalidParams, $"params._meta[\"{Then}\"] is over the limit of {_options.MaxBytes} bytes (Actors:FollowUps:MaxBytes).");
    }

    private void Write(Utf8JsonWriter writer, CatalogueView view, JsonElement? then, JsonElement? webhook, string thenPath, string webhookPath, int depth)
    {
        writer.WriteStartObject();
        // First, and in these words: the database looks at nothing else to know what a job's end is to be followed by.
        string?[] on = [then is { } asked ? When(asked, thenPath) : null, webhook is null ? null : "webhook"];
        writer.WriteString("on", string.Join(' ', on.OfType<string>()));
        if (then is { } call)
            WriteCall(writer, view, call, thenPath, depth);
        if (webhook is { } receiver)
            WriteWebhook(writer, receiver, webhookPath);
        writer.WriteEndObject();
    }

    private void WriteCall(Utf8JsonWriter writer, CatalogueView view, JsonElement call, string path, int depth)
    {
        if (depth > _options.MaxDepth)
            throw Invalid(path, $"is the {depth}th call in a row, and {_options.MaxDepth} may follow one another (Actors:FollowUps:MaxDepth)");
        RequireMembers(call, path, "tool", "arguments", "when", "then", "webhook");
        writer.WriteStartObject("then");
        writer.WriteString("tool", Tool(view, call, path));
        writer.WritePropertyName("arguments");
        if (Member(call, "arguments") is not { } arguments)
            writer.WriteRawValue("{}");
        else if (arguments.ValueKind == JsonValueKind.Object)
            arguments.WriteTo(writer);
        else
            throw Invalid(path + ".arguments", "must be an object");
        var next = Member(call, "then");
        var webhook = Member(call, "webhook");
        if (next is not null || webhook is not null)
        {
            writer.WritePropertyName("next");
            Write(writer, view, next, webhook, path + ".then", path + ".webhook", depth + 1);
        }
        writer.WriteEndObject();
    }

    private static string Tool(CatalogueView view, JsonElement call, string path)
    {
        if (Member(call, "tool") is not { ValueKind: JsonValueKind.String } name)
            throw Invalid(path + ".tool", "must be the name of a tool");
        if (!view.ToolsByName.TryGetValue(name.GetString()!, out var tool))
            throw Invalid(path + ".tool", "names no tool that is offered here");
        return tool.Job is null ? throw Invalid(path + ".tool", $"must be a tool that runs as a job, which '{tool.Name}' does not") : tool.Name;
    }

    private static string When(JsonElement call, string path) => (call.ValueKind == JsonValueKind.Object ? Member(call, "when") : null) switch
    {
        null => Outcomes[0],
        { ValueKind: JsonValueKind.String } outcome when Outcomes.Contains(outcome.GetString()) => outcome.GetString()!,
        _ => throw Invalid(path + ".when", $"must be one of: {string.Join(", ", Outcomes)}"),
    };

    private void WriteWebhook(Utf8JsonWriter writer, JsonElement webhook, string path)
    {
        RequireMembers(webhook, path, "url");
        if (Member(webhook, "url") is not { ValueKind: JsonValueKind.String } url)
            throw Invalid(path + ".url", "must be a string");
        if (WebhookUrl.Fault(url.GetString()!, webhooks.Value) is { } fault)
            throw Invalid(path + ".url", fault);
        writer.WriteStartObject("webhook");
        writer.WriteString("url", url.GetString());
        writer.WriteEndObject();
    }

    private static void RequireMembers(JsonElement value, string path, params ReadOnlySpan<string> names)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Invalid(path, "must be an object");
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Contains(member.Name))
                throw Invalid(path, $"has a member '{member.Name}', and may have: {string.Join(", ", names)}");
        }
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static RefusedException Invalid(string path, string problem) => new(Refusal.InvalidParams, $"{path} {problem}.");
}
