using System.Text.Json;

namespace Actors.Chaos.Checker.Records;

/// <summary>One request and what came of it. Times are milliseconds of the driver's one monotonic clock.</summary>
public sealed record CallRecord
{
    /// <summary>Counts the requests of a run.</summary>
    public required long Id { get; init; }

    /// <summary>The client that sent it.</summary>
    public required string Client { get; init; }

    /// <summary>Whose key it carried: "tenant/subject". What belongs to one is unknown to every other.</summary>
    public required string Caller { get; init; }

    /// <summary>The endpoint it was sent to.</summary>
    public required string Via { get; init; }

    /// <summary>The JSON-RPC method.</summary>
    public required string Method { get; init; }

    /// <summary>The tool of a tools/call.</summary>
    public string? Tool { get; init; }

    /// <summary>The handle that the request named.</summary>
    public string? Handle { get; init; }

    /// <summary>What a create is about: named in its arguments, and in all that comes of it.</summary>
    public string? Token { get; init; }

    /// <summary>The idempotency key of a create.</summary>
    public string? Key { get; init; }

    /// <summary>Whether a create asked for a message when its job has ended.</summary>
    public bool? WantsWebhook { get; init; }

    /// <summary>What a create wants to be called when its job has ended, as <c>actors/then</c> has it.</summary>
    public JsonElement? Then { get; init; }

    /// <summary>A create whose job is to begin that much later.</summary>
    public int? DelayMs { get; init; }

    /// <summary>A create whose job is to begin at that time; milliseconds since 1970.</summary>
    public double? StartAtMs { get; init; }

    /// <summary>The arguments of a create, the answers of a tasks/update, the filter of a list.</summary>
    public JsonElement? Sent { get; init; }

    public required double StartMs { get; init; }

    public required double EndMs { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int Status { get; init; }

    /// <summary>The JSON-RPC message, with every long text in it replaced by its hash and length (<see cref="LongText"/>).</summary>
    public JsonElement? Body { get; init; }

    /// <summary>What went wrong on the way, in the words of the client's own HTTP library; or a body that is not JSON.</summary>
    public string? Detail { get; init; }
}
