using System.Collections.Frozen;
using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;
using Actors.Schemas.Patterns;

namespace Actors.Schemas.Keywords;

/// <summary><c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>, in one go through the members.</summary>
internal sealed class PropertiesKeyword : Keyword
{
    private readonly FrozenDictionary<string, SchemaNode> _named;
    private readonly FrozenDictionary<string, SchemaNode>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly (SchemaPattern Pattern, SchemaNode Schema)[] _patterns;
    private readonly SchemaNode? _additional;

    private PropertiesKeyword(
        KeywordPlace additionalPlace,
        KeyValuePair<string, SchemaNode>[] named,
        (SchemaPattern Pattern, SchemaNode Schema)[] patterns,
        SchemaNode? additional)
        : base(additionalPlace)
    {
        _named = named.ToFrozenDictionary(StringComparer.Ordinal);
        _lookup = _named.GetAlternateLookup<ReadOnlySpan<char>>();
        _patterns = patterns;
        _additional = additional;
    }

    public override IEnumerable<SchemaNode> Subschemas
    {
        get
        {
            var inner = _named.Values.Concat(_patterns.Select(pattern => pattern.Schema));
            return _additional is null ? inner : inner.Append(_additional);
        }
    }

    public static Keyword? Read(SchemaReader schema)
    {
        var named = schema.SchemaMap("properties") ?? [];
        var patterns = schema.SchemaMap("patternProperties") ?? [];
        var additional = schema.Schema("additionalProperties");
        if (named.Length == 0 && patterns.Length == 0 && additional is null)
            return null;
        var place = schema.Place("patternProperties");
        return new PropertiesKeyword(
            schema.Place("additionalProperties"),
            named,
            [.. patterns.Select(entry => (SchemaPattern.Compile(entry.Key, place, schema.Options.Limits), entry.Value))],
            additional);
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        var position = 0;
        Span<char> buffer = stackalloc char[64];
        foreach (var member in instance.EnumerateObject())
        {
            evaluation.Step();
            if (!Evaluate(member, JsonText.Name(member, buffer), evaluation, out var isEvaluated))
            {
                isValid = false;
                if (evaluation.IsDecided)
                    return false;
            }
            if (isEvaluated)
                seen?.Add(position);
            position++;
        }
        return isValid;
    }

    private bool Evaluate(JsonProperty member, ReadOnlySpan<char> name, SchemaEvaluation evaluation, out bool isEvaluated)
    {
        var isValid = true;
        isEvaluated = _lookup.TryGetValue(name, out var schema);
        if (schema is not null)
            isValid = evaluation.EvaluateMember(schema, member);
        foreach (var (pattern, inner) in _patterns)
        {
            if (!pattern.IsMatch(name, evaluation))
                continue;
            isEvaluated = true;
            isValid &= evaluation.EvaluateMember(inner, member);
        }
        if (isEvaluated || _additional is null)
            return isValid;
        isEvaluated = true;
        if (!_additional.IsNever)
            return evaluation.EvaluateMember(_additional, member);
        return !IsQuiet(evaluation) && FailUnknown(member.Name, evaluation);
    }

    private bool FailUnknown(string name, SchemaEvaluation evaluation)
    {
        var words = $"is unknown: there is no property '{Found.Cut(name, 80)}' here.";
        if (Nearest.To(name, _named.Keys) is { } nearest)
            words += $" Did you mean '{nearest}'?";
        else if (_named.Count > 0)
            words += $" Known are: {Found.Cut(string.Join(", ", _named.Keys.Order(StringComparer.Ordinal)), 200)}.";
        return evaluation.FailMember(Place, name, words);
    }
}
