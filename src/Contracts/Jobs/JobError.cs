using Orleans;

namespace Actors.Jobs;

/// <summary>The JSON-RPC error that a call ended with. A tool's own failure (<c>isError</c>) is a result, not this.</summary>
/// <param name="Code">JSON-RPC error code.</param>
/// <param name="Message">One sentence for the caller; never a stack trace, SQL or a secret.</param>
/// <param name="Data">UTF-8 JSON, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.job-error")]
public sealed record JobError([property: Id(0)] int Code, [property: Id(1)] string Message, [property: Id(2)] byte[]? Data = null);
