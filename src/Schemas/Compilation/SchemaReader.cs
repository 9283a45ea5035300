using System.Text.Json;
using Actors.Schemas.Evaluation;
using Actors.Schemas.Keywords;

namespace Actors.Schemas.Compilation;

/// <summary>Reads the keywords of one schema, each in the form it must have.</summary>
internal sealed class SchemaReader(SchemaCompiler compiler, SchemaSite site)
{
    public Dialect Dialect => site.Resource.Dialect;

    public SchemaOptions Options => compiler.Options;

    public bool Has(string keyword) => site.Element.TryGetProperty(keyword, out _);

    public JsonElement? Find(string keyword) => site.Element.TryGetProperty(keyword, out var value) ? value : null;

    public KeywordPlace Place(string keyword) => new(keyword, $"{site.Location}/{InstancePath.Escape(keyword)}");

    public SchemaFaultException Fault(string keyword, string message) => new(Place(keyword).Location, $"{keyword} {message}");

    public JsonElement? Find(string keyword, JsonValueKind kind, string expected) =>
        Find(keyword) is not { } value ? null : value.ValueKind == kind ? value : throw Fault(keyword, $"must be {expected}.");

    public string? Text(string keyword) => Find(keyword, JsonValueKind.String, "a string")?.GetString();

    /// <summary>A count; one past int's range is as good as the greatest.</summary>
    public int? Count(string keyword)
    {
        if (Find(keyword) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number)
        {
            var number = JsonNumber.Of(value, Options.Limits.MaxNumberDigits);
            if (number is { IsInteger: true, Sign: >= 0 })
                return number.CompareTo(JsonNumber.MaxCount) >= 0 ? int.MaxValue : (int)number.ToBigInteger();
        }
        throw Fault(keyword, "must be a non-negative integer.");
    }

    public SchemaNode? Schema(string keyword) =>
        Find(keyword) is { } value ? compiler.Child(site, Below(keyword), value) : null;

    public SchemaNode[]? Schemas(string keyword)
    {
        if (Find(keyword, JsonValueKind.Array, "an array of schemas") is not { } value)
            return null;
        return [.. value.EnumerateArray().Select((item, index) => compiler.Child(site, $"{Below(keyword)}/{index}", item))];
    }

    public KeyValuePair<string, SchemaNode>[]? SchemaMap(string keyword)
    {
        if (Find(keyword, JsonValueKind.Object, "an object of schemas") is not { } value)
            return null;
        var found = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            found[member.Name] = Member(keyword, member);
        return [.. found];
    }

    public SchemaNode Member(string keyword, JsonProperty member) =>
        compiler.Child(site, $"{Below(keyword)}/{InstancePath.Escape(member.Name)}", member.Value);

    public string[]? Texts(string keyword) =>
        Find(keyword) is { } value ? Texts(keyword, value) : null;

    public string[] Texts(string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!).Distinct()]
            : throw Fault(keyword, "must hold an array of strings.");

    public SchemaNode Reference(string keyword) => compiler.Reference(site, Text(keyword)!, Place(keyword).Location);

    public (SchemaNode Node, string? Anchor) DynamicReference(string keyword) =>
        compiler.DynamicReference(site, Text(keyword)!, Place(keyword).Location);

    private static string Below(string keyword) => "/" + InstancePath.Escape(keyword);
}
