using System.Globalization;
using Actors.Frontend.Mcp.Errors;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>Reads the query of a job's URI, and says what is wrong with it.</summary>
internal sealed class JobUriQuery
{
    private readonly Dictionary<string, StringValues> _values;

    /// <exception cref="RefusedException">A parameter that the resource does not have, or twice the same.</exception>
    public JobUriQuery(JobUri uri, params ReadOnlySpan<string> names)
    {
        _values = QueryHelpers.ParseQuery(uri.Query);
        foreach (var (name, values) in _values)
        {
            if (!names.Contains(name))
                throw Invalid(names.IsEmpty ? $"has no query, and so no '{name}'" : $"has no '{name}' in its query; there are: {string.Join(", ", names)}");
            if (values.Count > 1)
                throw Invalid($"has '{name}' in its query more than once");
        }
    }

    public string? Text(string name) => _values.TryGetValue(name, out var values) ? values.ToString() : null;

    public long? Integer(string name, long min, long max)
    {
        if (Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Invalid($"must have an integer from {min} to {max} for '{name}'");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" or "" => true,
        _ => throw Invalid($"must have true or false for '{name}'"),
    };

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Invalid($"must have a time such as 2026-07-28T09:30:00Z for '{name}'");
    }

    public static RefusedException Invalid(string fault) => new(Refusal.InvalidParams, $"params.uri {fault}.");
}
