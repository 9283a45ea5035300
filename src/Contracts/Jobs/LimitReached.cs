using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Jobs;

/// <summary>A refusal because a limit is reached, in numbers that its caller can act on: a <see cref="JobError"/> of this code, with this as data.</summary>
/// <param name="Limit">What is limited, in words that follow "the limit of": <c>waiting jobs of the tenant</c>.</param>
/// <param name="Value">How much is allowed.</param>
/// <param name="Current">How much there is.</param>
/// <param name="RetryAfterMs">Milliseconds after which trying again makes sense.</param>
public sealed record LimitReached(string Limit, long Value, long Current, long RetryAfterMs)
{
    /// <summary>After the HTTP status that carries it; outside the range that JSON-RPC reserves.</summary>
    public const int Code = 429;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The error to refuse a call with.</summary>
    public JobError ToError() => new(Code, Sentence, JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>One sentence on what is reached and when to come back.</summary>
    [JsonIgnore]
    public string Sentence => string.Create(
        CultureInfo.InvariantCulture,
        $"The limit of {Limit} is reached: {Current} of {Value}. Try again in {RetryAfterSeconds} s.");

    /// <summary>The same time in whole seconds, as HTTP has it.</summary>
    [JsonIgnore]
    public int RetryAfterSeconds => (int)Math.Clamp((RetryAfterMs + 999) / 1000, 1, int.MaxValue);

    /// <summary>Null: the error is another.</summary>
    public static LimitReached? Of(JobError error)
    {
        if (error is not { Code: Code, Data: { } data })
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<LimitReached>(data, Json) is { Limit: not null } limit ? limit : null;
        }
        catch (JsonException)
        {
            // A tool's own error may have the same code, and any data.
            return null;
        }
    }
}
