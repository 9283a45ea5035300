using System.Reflection;
using System.ComponentModel.DataAnnotations;
using Actors.Silo.Packs;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>
/// Completes arguments of prompts and variables of resource templates from what their parameters allow:
/// <c>[AllowedValues]</c>, an enum, or a boolean. A parameter that allows anything completes to nothing.
/// </summary>
internal sealed class Completions(PackContent content, IOptions<CallOptions> options)
{
    /// <returns>The completion, or null where the reference names nothing that exists.</returns>
    public CompleteResult? Complete(CompleteRequestParams parameters)
    {
        var method = parameters.Ref switch
        {
            PromptReference prompt => content.FindPrompt(prompt.Name)?.Metadata,
            ResourceTemplateReference { Uri: { } uri } => content.Resources
                .FirstOrDefault(r => r.ProtocolResourceTemplate.UriTemplate == uri || r.IsMatch(uri))?.Metadata,
            _ => null,
        };
        if (method?.OfType<MethodInfo>().FirstOrDefault() is not { } target)
        {
            return null;
        }

        var all = target.GetParameters().FirstOrDefault(p => p.Name == parameters.Argument.Name) is { } parameter
            ? Allowed(parameter).Where(v => v.StartsWith(parameters.Argument.Value, StringComparison.OrdinalIgnoreCase)).ToList()
            : [];
        var shown = all.Take(options.Value.MaxCompletionValues).ToList();
        return new CompleteResult
        {
            Completion = new Completion { Values = shown, Total = all.Count, HasMore = shown.Count < all.Count },
        };
    }

    private static IEnumerable<string> Allowed(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
        {
            return allowed.Values.OfType<string>();
        }

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsEnum ? Enum.GetNames(type) : type == typeof(bool) ? ["true", "false"] : [];
    }
}
