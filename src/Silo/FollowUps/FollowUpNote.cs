using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Silo.FollowUps;

/// <summary>What became of a follow-up, as the data of an entry in its job's journal.</summary>
internal static class FollowUpNote
{
    public static byte[] Call(string outcome, string? tool = null, string? jobId = null) =>
        Json(new JsonObject { ["follow_up"] = "call", ["outcome"] = outcome, ["tool"] = tool, ["job_id"] = jobId });

    public static byte[] Webhook(string outcome, string messageId, string host, int attempt) =>
        Json(new JsonObject { ["follow_up"] = "webhook", ["outcome"] = outcome, ["webhook_id"] = messageId, ["host"] = host, ["try"] = attempt });

    private static byte[] Json(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);
}
