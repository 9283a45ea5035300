using System.Reflection;
using Actors.Jobs;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Actors.Silo.Packs;

/// <summary>
/// Finds the primitives of the packs as the SDK's own registration would: methods marked as tool, prompt or resource in
/// types marked as such, static or on an instance that is constructed for each call. A public class that derives from
/// the SDK's own tool, prompt or resource is one, constructed once.
/// </summary>
internal sealed class PackReader(IServiceProvider services)
{
    private const BindingFlags Methods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    public IEnumerable<LoadedTool> Tools(Assembly pack)
    {
        var options = new McpServerToolCreateOptions { Services = services };
        foreach (var (type, method) in Marked<McpServerToolTypeAttribute, McpServerToolAttribute>(pack))
        {
            var tool = method.IsStatic
                ? McpServerTool.Create(method, target: null, options)
                : McpServerTool.Create(method, request => Construct(request.Services, type), options);
            yield return new LoadedTool(tool, method, Terms(method));
        }

        foreach (var tool in Own<McpServerTool>(pack))
        {
            yield return new LoadedTool(tool, Method: null, Terms(tool.GetType()));
        }
    }

    public IEnumerable<McpServerPrompt> Prompts(Assembly pack)
    {
        var options = new McpServerPromptCreateOptions { Services = services };
        foreach (var (type, method) in Marked<McpServerPromptTypeAttribute, McpServerPromptAttribute>(pack))
        {
            yield return method.IsStatic
                ? McpServerPrompt.Create(method, target: null, options)
                : McpServerPrompt.Create(method, request => Construct(request.Services, type), options);
        }

        foreach (var prompt in Own<McpServerPrompt>(pack))
        {
            yield return prompt;
        }
    }

    public IEnumerable<McpServerResource> Resources(Assembly pack)
    {
        var options = new McpServerResourceCreateOptions { Services = services };
        foreach (var (type, method) in Marked<McpServerResourceTypeAttribute, McpServerResourceAttribute>(pack))
        {
            yield return method.IsStatic
                ? McpServerResource.Create(method, target: null, options)
                : McpServerResource.Create(method, request => Construct(request.Services, type), options);
        }

        foreach (var resource in Own<McpServerResource>(pack))
        {
            yield return resource;
        }
    }

    private static IEnumerable<(Type Type, MethodInfo Method)> Marked<TType, TMethod>(Assembly pack)
        where TType : Attribute
        where TMethod : Attribute =>
        from type in pack.GetTypes()
        where type.GetCustomAttribute<TType>() is not null
        from method in type.GetMethods(Methods)
        where method.GetCustomAttribute<TMethod>() is not null
        select (type, method);

    private IEnumerable<T> Own<T>(Assembly pack) =>
        from type in pack.GetExportedTypes()
        where !type.IsAbstract && typeof(T).IsAssignableFrom(type)
        select (T)Construct(services, type);

    private static object Construct(IServiceProvider? services, Type type) =>
        ActivatorUtilities.CreateInstance(services!, type);

    private static JobAttribute? Terms(MemberInfo member)
    {
        if (member.GetCustomAttribute<JobAttribute>() is not { } job)
        {
            return null;
        }

        return TermsCheck.Fault(job) is { } fault
            ? throw new InvalidOperationException($"[Job] on {member.DeclaringType}.{member.Name}: {fault}")
            : job;
    }
}
