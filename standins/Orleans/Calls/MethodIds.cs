using System.Globalization;
using System.Reflection;
using Orleans.Serialization.Wire;

namespace Orleans.Calls;

/// <summary>
/// The names of grain methods in messages: [Alias] or [Id], else the name and the number of arguments; of methods that
/// share those, the types of the arguments too.
/// </summary>
internal static class MethodIds
{
    public static string Of(Type interfaceType, MethodInfo method)
    {
        if (method.GetCustomAttributes<AliasAttribute>().FirstOrDefault() is { } alias) return alias.Alias;
        if (method.GetCustomAttribute<IdAttribute>() is { } id) return $"#{id.Id.ToString(CultureInfo.InvariantCulture)}";

        var parameters = method.GetParameters();
        var name = $"{method.Name}/{parameters.Length.ToString(CultureInfo.InvariantCulture)}";
        var namesakes = interfaceType.GetInterfaces().Append(interfaceType)
            .SelectMany(declaring => declaring.GetMethods())
            .Where(other => other.Name == method.Name && other.GetParameters().Length == parameters.Length && other.IsAbstract)
            .ToArray();
        if (namesakes.Length < 2) return name;

        var signature = $"{name}({string.Join(',', parameters.Select(parameter => TypeNames.Of(parameter.ParameterType)))})";
        // The same method of several interfaces that this one inherits.
        return namesakes.Count(other => HasSameParameters(other, parameters)) < 2 ? signature : $"{signature}@{TypeNames.Of(method.DeclaringType!)}";
    }

    private static bool HasSameParameters(MethodInfo method, ParameterInfo[] parameters) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters.Select(parameter => parameter.ParameterType));
}
