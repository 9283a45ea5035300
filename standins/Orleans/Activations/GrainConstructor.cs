using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>Builds a grain from its services and its [PersistentState] parameters.</summary>
internal sealed class GrainConstructor
{
    private static readonly MethodInfo CreateState =
        typeof(GrainConstructor).GetMethod(nameof(StateOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly ObjectFactory _create;
    private readonly Func<IGrainContext, object>[] _facets;

    public GrainConstructor(Type type, IServiceProvider services)
    {
        ParameterInfo[] facets =
        [
            .. type.GetConstructors()
                .Select(constructor => constructor.GetParameters().Where(IsFacet).ToArray())
                .MaxBy(parameters => parameters.Length) ?? []
        ];
        _facets = [.. facets.Select(parameter => FacetOf(parameter, services))];
        _create = ActivatorUtilities.CreateFactory(type, [.. facets.Select(parameter => parameter.ParameterType)]);
    }

    public object Create(Activation activation)
    {
        var arguments = _facets.Length == 0 ? [] : new object[_facets.Length];
        for (var i = 0; i < _facets.Length; i++) arguments[i] = _facets[i](activation);
        return _create(activation.ActivationServices, arguments);
    }

    // A state without a name takes the parameter's.
    private static PersistentStateAttribute Named(PersistentStateAttribute configuration, string parameterName) =>
        configuration.StateName.Length > 0 ? configuration : new PersistentStateAttribute(parameterName, configuration.StorageName);

    private static bool IsFacet(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().Any(attribute => attribute is IFacetMetadata);

    private static Func<IGrainContext, object> FacetOf(ParameterInfo parameter, IServiceProvider services)
    {
        var attribute = parameter.GetCustomAttributes().First(attribute => attribute is IFacetMetadata);
        if (attribute is not PersistentStateAttribute configuration)
            throw new NotSupportedException($"The Orleans stand-in knows no facet {attribute.GetType()}; only [PersistentState] is covered.");

        if (!parameter.ParameterType.IsGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new ArgumentException(
                $"Parameter '{parameter.Name}' on the constructor for '{parameter.Member.DeclaringType}' has an unsupported type, "
                + $"'{parameter.ParameterType}'. It must be an IPersistentState<T> because it has a [PersistentState] attribute.");

        var create = CreateState.MakeGenericMethod(parameter.ParameterType.GetGenericArguments())
            .CreateDelegate<Func<IPersistentStateFactory, IGrainContext, IPersistentStateConfiguration, object>>();
        var factory = services.GetRequiredService<IPersistentStateFactory>();
        return context => create(factory, context, Named(configuration, parameter.Name!));
    }

    // A delegate cannot be bound to a generic method of an interface.
    private static object StateOf<TState>(
        IPersistentStateFactory factory, IGrainContext context, IPersistentStateConfiguration configuration) =>
        factory.Create<TState>(context, configuration);
}
