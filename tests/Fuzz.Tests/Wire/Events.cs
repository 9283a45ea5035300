using System.Text;

namespace Actors.Fuzz.Tests.Wire;

/// <summary>The events of a stream, as far as it was read.</summary>
internal static class Events
{
    /// <summary>The complete events: their data, and their ids.</summary>
    public static IEnumerable<(string? Id, string? Data)> Of(string stream)
    {
        var start = 0;
        for (var end = stream.IndexOf("\n\n", StringComparison.Ordinal); end >= 0; end = stream.IndexOf("\n\n", start, StringComparison.Ordinal))
        {
            string? id = null, data = null;
            foreach (var line in stream[start..end].Split('\n'))
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = line["id: ".Length..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    data = data is null ? line["data: ".Length..] : data + "\n" + line["data: ".Length..];
            }
            if (id is not null || data is not null)
                yield return (id, data);
            start = end + 2;
        }
    }

    /// <summary>What is no line of an event stream of ours; null: nothing.</summary>
    public static string? FindStrayLine(string stream) => stream.Split('\n').SkipLast(1).FirstOrDefault(line =>
        line.Length > 0 && line[0] != ':' && !line.StartsWith("id: ", StringComparison.Ordinal) && !line.StartsWith("event: message", StringComparison.Ordinal)
        && !line.StartsWith("data: ", StringComparison.Ordinal) && !line.StartsWith("retry: ", StringComparison.Ordinal));

    public static bool IsAnswer(string data) =>
        data.Contains("\"result\":", StringComparison.Ordinal) || data.Contains("\"error\":", StringComparison.Ordinal);

    public static string TextOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
