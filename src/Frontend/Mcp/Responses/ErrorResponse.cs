using System.Globalization;
using Actors.Frontend.Mcp.Errors;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>Writes JSON-RPC error responses.</summary>
internal static class ErrorResponse
{
    /// <param name="http">Where it goes.</param>
    /// <param name="error">What it says.</param>
    /// <param name="id">The request's id, JSON; null where none could be read: the response then has none.</param>
    public static ValueTask WriteAsync(HttpContext http, WireError error, byte[]? id)
    {
        if (http.Response.HasStarted)
            return ValueTask.CompletedTask;
        http.Response.StatusCode = error.Status;
        if (error.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return JsonResponse.WriteAsync(http, Encode(error, id));
    }

    public static byte[] Encode(WireError error, byte[]? id)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString(WireNames.JsonRpc, WireNames.Two);
        if (id is not null)
        {
            writer.WritePropertyName(WireNames.Id);
            writer.WriteRawValue(id, skipInputValidation: true);
        }
        writer.WriteStartObject(WireNames.Error);
        writer.WriteNumber(WireNames.Code, error.Code);
        writer.WriteString(WireNames.Message, error.Message);
        if (error.Data is not null)
        {
            writer.WritePropertyName(WireNames.Data);
            writer.WriteRawValue(error.Data, skipInputValidation: true);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
        return json.Written.ToArray();
    }
}
