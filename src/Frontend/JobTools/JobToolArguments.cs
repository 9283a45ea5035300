using System.Globalization;
using System.Text.Json;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>Reads a job tool's arguments, and says what is wrong with them in the words of its schema.</summary>
internal readonly struct JobToolArguments(JsonElement? arguments)
{
    /// <exception cref="JobToolMistakeException">An argument that the tool does not have; it was meant to do something.</exception>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var argument in arguments?.EnumerateObject() ?? default)
        {
            if (!names.Contains(argument.Name))
                throw new JobToolMistakeException($"There is no argument '{argument.Name}'; there are: {string.Join(", ", names)}.");
        }
    }

    public bool Has(string name) => Find(name) is not null;

    public string JobId()
    {
        var id = Text("job_id") ?? throw new JobToolMistakeException("The argument job_id is missing: give the id that the call which started the job returned.");
        return JobKey.IsHandle(id) ? id : throw JobToolMistakeException.NoSuchJob();
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw new JobToolMistakeException($"The argument {name} must be a string."),
    };

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name);
        return text is null || allowed.Contains(text)
            ? text
            : throw new JobToolMistakeException($"The argument {name} must be one of: {string.Join(", ", allowed)}.");
    }

    public int Int(string name, int fallback, int min, int max)
    {
        if (Find(name) is not { } value)
            return fallback;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : throw new JobToolMistakeException($"The argument {name} must be an integer from {min} to {max}.");
    }

    public bool Flag(string name) => Find(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new JobToolMistakeException($"The argument {name} must be true or false."),
    };

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new JobToolMistakeException($"The argument {name} must be a time such as 2026-07-28T09:30:00Z.");
    }

    public JsonElement? Object(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw new JobToolMistakeException($"The argument {name} must be an object."),
    };

    // Models write null for what they leave out.
    private JsonElement? Find(string name) =>
        arguments is { } all && all.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
