using System.Text;
using Actors.Fuzz.Tests.Target;

namespace Actors.Fuzz.Tests.Requests;

/// <summary>One HTTP request that is about to be sent: real, or altered.</summary>
internal sealed class Shot(Caller caller, string revision, string name)
{
    private const int ShownBytes = 3000;

    public Caller Caller => caller;

    /// <summary>The revision that it is of, before it was altered.</summary>
    public string Revision => revision;

    /// <summary>Which message of the corpus.</summary>
    public string Name => name;

    public string Verb { get; set; } = "POST";

    /// <summary>In order, and as often as they are to be sent.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    /// <summary>What was done to it; empty: nothing.</summary>
    public List<string> Alterations { get; } = [];

    public bool IsAltered => Alterations.Count > 0;

    public string? Header(string header) => Headers.FirstOrDefault(each => each.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value;

    public void SetHeader(string header, string? value)
    {
        Headers.RemoveAll(each => each.Key.Equals(header, StringComparison.OrdinalIgnoreCase));
        if (value is not null)
            Headers.Add(new(header, value));
    }

    /// <summary>As it goes over the wire. Characters of headers are bytes: what is above U+00FF is cut.</summary>
    public byte[] ToWire()
    {
        var head = new StringBuilder($"{Verb} /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        foreach (var (header, value) in Headers)
            head.Append(header).Append(": ").Append(value).Append("\r\n");
        if (Body.Length > 0 || Verb == "POST")
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. Body];
    }

    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToWire()).Replace(caller.Key, "(key)", StringComparison.Ordinal);
        return $"{name} of {revision} by {caller}, altered: {string.Join("; ", Alterations)}\n{(text.Length <= ShownBytes ? text : text[..ShownBytes] + $"… ({text.Length} bytes)")}";
    }
}
