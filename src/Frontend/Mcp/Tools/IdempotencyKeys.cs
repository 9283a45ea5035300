using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Headers;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// The key of a call, of which its caller wants one job however often it is made: <c>params._meta["actors/idempotencyKey"]</c>, or the header
/// Idempotency-Key, whose value may have the quotes that its draft (draft-ietf-httpapi-idempotency-key-header) asks for.
/// </summary>
internal static class IdempotencyKeys
{
    public const string Member = "actors/idempotencyKey";
    public const string Header = "Idempotency-Key";

    private const int MaxChars = 255;

    private static readonly string Form = $"must be a string of 1 to {MaxChars} characters without control characters";

    public static string Read(CallOption option) =>
        option.Value.ValueKind == JsonValueKind.String && option.Value.GetString() is { } key && IsKey(key) ? key : throw option.Invalid(Form);

    /// <summary>Null: there is none.</summary>
    public static string? OfHeader(IHeaderDictionary headers)
    {
        if (RequestHeaders.Value(headers, Header) is not { } value)
            return null;
        var key = Unquoted(value.Trim());
        return IsKey(key) ? key : throw new RefusedException(Refusal.InvalidParams, $"The header {Header} {Form}.");
    }

    private static string Unquoted(string value) =>
        value is ['"', .. var inner, '"']
            ? inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : value;

    private static bool IsKey(string key) => key.Length is > 0 and <= MaxChars && !key.Any(char.IsControl);
}
