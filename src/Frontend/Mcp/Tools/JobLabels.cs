using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// <c>params._meta["actors/labels"]</c> of a tools/call: what its client wants to find the job by, in any revision. An object of a few
/// short strings.
/// </summary>
internal static class JobLabels
{
    private const int MaxLabels = 16;
    private const int MaxNameChars = 64;
    private const int MaxValueChars = 256;

    /// <returns>JSON.</returns>
    /// <exception cref="RefusedException">They have not that form.</exception>
    public static string Read(CallOption option)
    {
        var labels = option.Value;
        if (labels.ValueKind != JsonValueKind.Object || labels.EnumerateObject().Count() > MaxLabels)
            throw option.Invalid($"must be an object of at most {MaxLabels} strings");
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        foreach (var label in labels.EnumerateObject())
        {
            if (label.Name.Length is 0 or > MaxNameChars || label.Name.AsSpan().ContainsAny('=', '\0'))
                throw option.Invalid($"has a name that is not 1 to {MaxNameChars} characters without '=' and U+0000");
            if (label.Value.ValueKind != JsonValueKind.String || label.Value.GetString() is not { Length: <= MaxValueChars } value || value.Contains('\0', StringComparison.Ordinal))
                throw (option with { Within = $"[\"{label.Name}\"]" }).Invalid($"must be a string of at most {MaxValueChars} characters without U+0000");
            json.Writer.WriteString(label.Name, value);
        }
        json.Writer.WriteEndObject();
        return Encoding.UTF8.GetString(json.Written.Span);
    }
}
