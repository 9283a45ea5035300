using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>Sends a finished JSON message as the HTTP response, with its length.</summary>
internal static class JsonResponse
{
    public static ValueTask WriteAsync(HttpContext http, JsonBuffer json) => WriteAsync(http, json.Written);

    public static async ValueTask WriteAsync(HttpContext http, ReadOnlyMemory<byte> json)
    {
        var response = http.Response;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        // Without RequestAborted, which would cost an object per request: a write to a dead connection ends by itself.
        await response.BodyWriter.WriteAsync(json, CancellationToken.None);
    }
}
