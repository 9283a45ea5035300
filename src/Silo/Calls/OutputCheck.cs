using System.Runtime.CompilerServices;
using Actors.Schemas;
using Actors.Silo.Packs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>
/// Holds a tool to its own output schema while it is developed: servers MUST provide structured results that conform (Tools,
/// Output Schema), and clients refuse those that do not.
/// </summary>
internal sealed partial class OutputCheck(IHostEnvironment environment, IOptions<CallOptions> options, ILogger<OutputCheck> logger)
{
    private readonly bool _isOn = options.Value.CheckStructuredContent ?? environment.IsDevelopment();
    private readonly ConditionalWeakTable<LoadedTool, Lazy<JsonSchema?>> _schemas = [];

    /// <summary>The result, or, where it does not fit, an error that says why.</summary>
    public CallToolResult Check(LoadedTool tool, CallToolResult result)
    {
        if (!_isOn || result.IsError is true || tool.Tool.ProtocolTool.OutputSchema is null)
        {
            return result;
        }

        if (result.StructuredContent is not { } content)
        {
            return Refuse(tool, "it has none");
        }

        var schema = _schemas.GetOrAdd(tool, t => new Lazy<JsonSchema?>(() => Compile(t))).Value;
        var verdict = schema?.Validate(content, "structuredContent") ?? SchemaVerdict.Valid;
        return verdict.IsValid
            ? result
            : Refuse(tool, string.Join(' ', verdict.Errors.Select(error => $"{error.Message} (rule: {error.SchemaPath})")));
    }

    private JsonSchema? Compile(LoadedTool tool)
    {
        if (!JsonSchema.TryCompile(tool.Tool.ProtocolTool.OutputSchema!.Value, SchemaOptions.Default, out var schema, out var fault))
        {
            LogUnusableSchema(tool.Name, fault.ToString());
        }

        return schema;
    }

    private CallToolResult Refuse(LoadedTool tool, string reason)
    {
        LogUnfit(tool.Name);
        return ToolInvocation.Error($"The structuredContent of '{tool.Name}' does not fit its own output schema, which is a defect of the tool: {reason}");
    }

    [LoggerMessage(LogLevel.Error, "The result of tool {Tool} does not fit its output schema; its answer says where.")]
    private partial void LogUnfit(string tool);

    [LoggerMessage(LogLevel.Error, "The results of tool {Tool} are not checked: its output schema cannot be used ({Fault}).")]
    private partial void LogUnusableSchema(string tool, string fault);
}
