using System.Text;

namespace Actors.Cli.Messages;

/// <summary>One JSON-RPC message: the bytes that are passed on, and the little of them that the bridge has to know.</summary>
internal sealed class Message
{
    /// <summary>An answer that says when to try again (docs/protocol.md, Errors).</summary>
    private const int UnavailableCode = 503;

    /// <summary>UTF-8 JSON, as it came.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public MessageKind Kind { get; set; }

    /// <summary>Why <see cref="Kind"/> is <see cref="MessageKind.Invalid"/>, in words.</summary>
    public string? Fault { get; set; }

    /// <summary>It is JSON, whatever else is wrong with it.</summary>
    public bool IsJson { get; set; }

    /// <summary>JSON as it came; null: none.</summary>
    public byte[]? Id { get; set; }

    /// <summary>Equal for two ids that mean the same, however they are escaped.</summary>
    public string? IdKey { get; set; }

    public string? Method { get; set; }

    /// <summary><c>params.name</c></summary>
    public string? Name { get; set; }

    /// <summary><c>params.uri</c></summary>
    public string? Uri { get; set; }

    /// <summary><c>params.taskId</c></summary>
    public string? TaskId { get; set; }

    /// <summary>The revision in <c>params._meta</c>: there from 2026-07-28 on, in every request.</summary>
    public string? MetaVersion { get; set; }

    /// <summary>JSON of <c>params._meta</c>; empty: none.</summary>
    public ReadOnlyMemory<byte> Meta { get; set; }

    /// <summary>JSON of <c>params.arguments</c>; empty: none.</summary>
    public ReadOnlyMemory<byte> Arguments { get; set; }

    /// <summary>The key of <c>params.requestId</c>, which notifications/cancelled has.</summary>
    public string? CancelledKey { get; set; }

    /// <summary><c>params.progress</c></summary>
    public double? Progress { get; set; }

    /// <summary>JSON of <c>error</c>; empty: none.</summary>
    public ReadOnlyMemory<byte> Error { get; set; }

    public int? ErrorCode { get; set; }

    public string? ErrorText { get; set; }

    /// <summary><c>error.data.retryAfterMs</c></summary>
    public int? RetryAfterMs { get; set; }

    /// <summary><c>error.data.jobId</c>: the job that the call may have become all the same.</summary>
    public string? ErrorJobId { get; set; }

    /// <summary>The server did not do it, and takes the same request again.</summary>
    public bool SaysTryAgain => ErrorCode == UnavailableCode && RetryAfterMs is not null && ErrorJobId is null;

    public override string ToString() => Kind switch
    {
        MessageKind.Request => $"{Method} {Encoding.UTF8.GetString(Id!)}",
        MessageKind.Response => $"answer {(Id is null ? "without id" : Encoding.UTF8.GetString(Id))}",
        _ => Method ?? Kind.ToString(),
    };
}
