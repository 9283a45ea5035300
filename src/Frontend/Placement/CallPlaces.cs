using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Actors.Tools;
using Orleans.Runtime;

namespace Actors.Frontend.Placement;

/// <summary>
/// Which silos have which primitive, by the catalogue. While a cluster is upgraded silo by silo, a new tool is on some of them,
/// and a call must not land on one that lacks it.
/// </summary>
internal sealed class CallPlaces
{
    private readonly ImmutableArray<SiloAddress> _all;
    private readonly FrozenDictionary<string, CallPlace> _tools;
    private readonly FrozenDictionary<string, CallPlace> _prompts;
    private readonly FrozenDictionary<string, CallPlace> _resources;
    private readonly CallPlace _templates;
    private readonly CallPlace _anywhere;

    public CallPlaces(Catalogue catalogue)
    {
        _all = [.. catalogue.Silos.Select(silo => silo.Address)];
        _tools = catalogue.Tools.ToFrozenDictionary(tool => tool.Name, tool => new CallPlace(At(tool.Silos), IsRepeatable(tool.Definition)), StringComparer.Ordinal);
        _prompts = Reads(catalogue.Prompts);
        _resources = Reads(catalogue.Resources);
        _anywhere = new(_all, IsRepeatable: true);
        _templates = new(At([.. catalogue.ResourceTemplates.SelectMany(template => template.Silos).Distinct()]), IsRepeatable: true);
    }

    public CallPlace Of(PrimitiveCall call) => call.Method switch
    {
        "tools/call" => _tools.GetValueOrDefault(call.Name, new(_all, IsRepeatable: false)),
        "prompts/get" => _prompts.GetValueOrDefault(call.Name, _anywhere),
        // One that is not listed is for whoever has templates.
        "resources/read" => _resources.GetValueOrDefault(call.Name, _templates),
        _ => _prompts.TryGetValue(call.Name, out var prompt) ? prompt : _templates,
    };

    private FrozenDictionary<string, CallPlace> Reads(ImmutableArray<PrimitiveEntry> entries) =>
        entries.DistinctBy(entry => entry.Name).ToFrozenDictionary(entry => entry.Name, entry => new CallPlace(At(entry.Silos), IsRepeatable: true), StringComparer.Ordinal);

    // An entry that names no silo, or one that is not in the list, was written by a silo of another version.
    private ImmutableArray<SiloAddress> At(ImmutableArray<int> silos)
    {
        var known = silos.Where(index => index >= 0 && index < _all.Length).Select(index => _all[index]).ToImmutableArray();
        return known.IsEmpty ? _all : known;
    }

    /// <summary>Tools, Tool Annotations: a hint of the tool's author, who is trusted here, that calling it again changes nothing.</summary>
    private static bool IsRepeatable(byte[] definition)
    {
        using var document = JsonDocument.Parse(definition);
        return document.RootElement.TryGetProperty("annotations", out var annotations)
            && annotations.ValueKind == JsonValueKind.Object
            && (IsTrue(annotations, "readOnlyHint") || IsTrue(annotations, "idempotentHint"));
    }

    private static bool IsTrue(JsonElement annotations, string hint) =>
        annotations.TryGetProperty(hint, out var value) && value.ValueKind == JsonValueKind.True;
}
