using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Jobs;
using Actors.Storage;
using Actors.Storage.FollowUps;

namespace Actors.Silo.FollowUps;

/// <summary>
/// A message about a job that has ended, in the manner of Standard Webhooks: an id that stays the same over all tries, a time, and a signature
/// over both and the body.
/// </summary>
internal sealed class WebhookMessage
{
    private const int MaxErrorChars = 1000;

    private readonly byte[] _body;

    private WebhookMessage(string id, byte[] body) => (Id, _body) = (id, body);

    public string Id { get; }

    public static WebhookMessage Of(FollowUp followUp, JobSnapshot job, WebhookOptions options) =>
        new($"msg_{followUp.Id:N}", Body(job, options));

    public HttpRequestMessage ToRequest(Uri url, IReadOnlyList<byte[]> secrets, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{timestamp}."), .. _body];
        var signatures = secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", Id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", string.Join(' ', signatures));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("actors", "1.0"));
        // One message, one connection: each is to an address that was checked for it.
        request.Headers.ConnectionClose = true;
        return request;
    }

    private static byte[] Body(JobSnapshot job, WebhookOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", $"job.{EndedStatus.Of(job)}");
            writer.WriteString("timestamp", job.UpdatedAt.UtcDateTime);
            writer.WriteStartObject("data");
            writer.WriteString("job_id", job.Id);
            writer.WriteString("tool", job.Tool);
            writer.WriteString("status", EndedStatus.Of(job));
            writer.WriteString("created_at", job.CreatedAt.UtcDateTime);
            writer.WriteString("ended_at", job.UpdatedAt.UtcDateTime);
            WriteOutcome(writer, job, options);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteOutcome(Utf8JsonWriter writer, JobSnapshot job, WebhookOptions options)
    {
        if (job.Error is { } error)
        {
            writer.WriteStartObject("error");
            writer.WriteNumber("code", error.Code);
            writer.WriteString("message", Beginning.Of(error.Message, MaxErrorChars));
            writer.WriteEndObject();
        }

        if (job.Result is not { } stored)
            return;
        using var result = JsonDocument.Parse(stored);
        var text = ResultText.Of(result.RootElement);
        writer.WriteString("result_preview", Beginning.Of(text, options.ResultPreviewChars));
        writer.WriteBoolean("result_is_whole", text.Length <= options.ResultPreviewChars);
    }
}
