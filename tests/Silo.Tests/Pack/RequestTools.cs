using System.ComponentModel;
using System.Security.Claims;
using Actors.Jobs;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

/// <summary>Tools that look at their request after they have waited.</summary>
[McpServerToolType]
public sealed class RequestTools(RequestContext<CallToolRequestParams> request)
{
    [McpServerTool(Name = "looks_late"), Job, Description("Takes the whole request.")]
    public static async Task<string> LooksLate(
        string gate, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        return Says(request);
    }

    [McpServerTool(Name = "looks_late_on_an_instance"), Job, Description("Was constructed with the request.")]
    public async Task<string> LooksLateOnAnInstance(string gate, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        return Says(request);
    }

    [McpServerTool(Name = "looks_late_through_arguments"), Job, Description("Takes everything there is for a function.")]
    public static async Task<string> LooksLateThroughArguments(string gate, AIFunctionArguments all, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        return Says((RequestContext<CallToolRequestParams>)all.Services!.GetService(typeof(RequestContext<CallToolRequestParams>))!);
    }

    [McpServerTool(Name = "knows_its_user"), Job, Description("Takes the caller out of the request.")]
    public static async Task<string> KnowsItsUser(string gate, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        return user.Identity!.Name!;
    }

    [McpServerTool(Name = "fails_late"), Job, Description("Has a defect after its wait.")]
    public static async Task<string> FailsLate(string gate, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        throw new InvalidOperationException("a defect");
    }

    private static string Says(RequestContext<CallToolRequestParams> request) =>
        $"{request.User?.Identity?.Name} {request.Params.Arguments!["gate"]} {request.JsonRpcRequest.Params!["name"]}";
}
