using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Actors.Schemas;
using Actors.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Catalogues;

/// <summary>
/// Checks arguments against their tool's input schema, before the tool runs or a job is made. A schema is compiled at the
/// first call, and kept as long as the catalogue that it came with.
/// </summary>
internal sealed partial class ArgumentCheck(IOptions<SchemaLimits> limits, ILogger<ArgumentCheck> logger)
{
    private static readonly JsonElement None = JsonElement.Parse("{}"u8);

    private readonly SchemaOptions _options = new() { Limits = limits.Value };
    private readonly ConditionalWeakTable<ToolEntry, Lazy<JsonSchema?>> _schemas = [];

    /// <summary>What the model must mend, a line for each rule that is broken; null: nothing.</summary>
    public string? Find(ToolEntry tool, JsonElement? arguments)
    {
        if (Schema(tool) is not { } schema)
            return null;
        var verdict = schema.Validate(arguments ?? None, "arguments");
        return verdict.IsValid ? null : Describe(tool.Name, verdict);
    }

    private JsonSchema? Schema(ToolEntry tool) =>
        _schemas.TryGetValue(tool, out var known)
            ? known.Value
            : _schemas.GetOrAdd(tool, entry => new Lazy<JsonSchema?>(() => Compile(entry))).Value;

    /// <summary>Null, and logged: its tool is served all the same, and its own binding is the only check.</summary>
    private JsonSchema? Compile(ToolEntry tool)
    {
        using var definition = JsonDocument.Parse(tool.Definition);
        if (!definition.RootElement.TryGetProperty("inputSchema", out var input))
            return null;
        if (!JsonSchema.TryCompile(input, _options, out var schema, out var fault))
            LogUnusableSchema(tool.Name, fault.ToString());
        return schema;
    }

    private static string Describe(string tool, SchemaVerdict verdict)
    {
        var text = new StringBuilder($"The arguments do not fit the input schema of '{tool}', so it did not run. Mend this and call it again:");
        foreach (var error in verdict.Errors)
            text.Append($"\n- {error.Message} (rule: {error.SchemaPath})");
        return text.ToString();
    }
}
