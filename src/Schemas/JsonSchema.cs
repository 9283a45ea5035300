using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas;

/// <summary>
/// A compiled JSON Schema of draft 2020-12, or an older one in a newer reading: immutable, and good for any number of threads.
/// It never fetches anything.
/// </summary>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;
    private readonly SchemaLimits _limits;
    private readonly bool _tracksScope;

    private JsonSchema(SchemaNode root, SchemaLimits limits, bool tracksScope)
    {
        _root = root;
        _limits = limits;
        _tracksScope = tracksScope;
    }

    public static bool TryCompile(
        JsonElement schema, SchemaOptions options, [NotNullWhen(true)] out JsonSchema? compiled, [NotNullWhen(false)] out SchemaFault? fault) =>
        TryCompile(JsonMarshal.GetRawUtf8Value(schema), options, out compiled, out fault);

    /// <summary>Compiles a schema from UTF-8 JSON.</summary>
    public static bool TryCompile(
        ReadOnlySpan<byte> utf8, SchemaOptions options, [NotNullWhen(true)] out JsonSchema? compiled, [NotNullWhen(false)] out SchemaFault? fault)
    {
        try
        {
            var compiler = new SchemaCompiler(options);
            compiled = new JsonSchema(compiler.Compile(utf8), options.Limits, compiler.HasDynamicReferences);
            fault = null;
            return true;
        }
        catch (SchemaFaultException exception)
        {
            compiled = null;
            fault = exception.Fault;
            return false;
        }
    }

    /// <summary>Checks an instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="name">What messages call it: "arguments" makes <c>arguments.items[2]</c>.</param>
    public SchemaVerdict Validate(JsonElement instance, string name = "value")
    {
        if (InstanceCheck.Find(instance, _limits, name) is { } unfit)
            return SchemaVerdict.Invalid([unfit]);
        var evaluation = new SchemaEvaluation(_limits, name, _tracksScope);
        try
        {
            if (_root.Evaluate(instance, evaluation, null))
                return SchemaVerdict.Valid;
            // What is wrong is looked for only now, so that a good instance pays nothing for it.
            evaluation.CollectErrors();
            _root.Evaluate(instance, evaluation, null);
            return SchemaVerdict.Invalid(evaluation.Errors);
        }
        catch (SchemaLimitException limit)
        {
            return SchemaVerdict.Invalid([new SchemaError("", name, limit.Location, SchemaError.Limit, $"{name} could not be checked: {limit.Message}")]);
        }
    }

    /// <summary>Checks an instance that is UTF-8 JSON.</summary>
    public SchemaVerdict Validate(ReadOnlyMemory<byte> utf8, string name = "value")
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = _limits.MaxInstanceDepth });
            return Validate(document.RootElement, name);
        }
        catch (JsonException exception)
        {
            return SchemaVerdict.Invalid([new SchemaError("", name, "#", SchemaError.Limit, $"{name} is not JSON, or too deep: {exception.Message}")]);
        }
    }
}
