using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Tenants;
using Orleans;

namespace Actors.Tools;

/// <summary>
/// A client's request to one of the server's primitives (tool, prompt, resource, completion), as the frontend read it.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.primitive-call")]
public sealed record PrimitiveCall
{
    [Id(0)] public required Principal Caller { get; init; }

    /// <summary><c>tools/call</c>, <c>prompts/get</c>, <c>resources/read</c> or <c>completion/complete</c>.</summary>
    [Id(1)] public required string Method { get; init; }

    /// <summary>The tool's or prompt's name, or the resource's URI; for completion the name or URI of its reference.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>UTF-8 JSON object: the request's whole <c>params</c>, <c>_meta</c> included, as the client sent them.</summary>
    [Id(3)] public required byte[] Params { get; init; }

    /// <summary>The revision the client speaks, for example <c>2026-07-28</c>.</summary>
    [Id(4)] public required string ProtocolVersion { get; init; }

    /// <summary>UTF-8 JSON object of the client's capabilities, for this request.</summary>
    [Id(5)] public required byte[] ClientCapabilities { get; init; }

    /// <summary>UTF-8 JSON object of the client's <c>Implementation</c>, or null.</summary>
    [Id(6)] public byte[]? ClientInfo { get; init; }

    /// <summary>The lowest level of log messages the client asked for on this request, or null for none.</summary>
    [Id(7)] public string? LogLevel { get; init; }

    /// <summary>What earlier rounds of this call asked, and what the client answered (MRTR); replayed to the tool.</summary>
    [Id(8)] public ImmutableArray<InputExchange> Exchanges { get; init; } = [];

    /// <summary>The state a tool of its own MRTR rounds returned last, verified, or null.</summary>
    [Id(9)] public string? RequestState { get; init; }

    /// <summary>The client's <c>inputResponses</c> of this round, for a tool that reads them itself.</summary>
    [Id(10)] public ImmutableArray<InputResponse> InputResponses { get; init; } = [];

    /// <summary>
    /// Whether questions can reach this client outside its own capabilities: a client without tasks answers a job with the
    /// job_respond tool, and so can be asked for elicitation.
    /// </summary>
    [Id(11)] public bool AnswersThroughJobTools { get; init; }
}
