using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Silo.Mcp;
using Actors.Tenants;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Calls;

/// <summary>Turns a stored or forwarded call back into what the SDK hands to a primitive.</summary>
internal static class CallParameters
{
    private static readonly CallToolRequestParams Nothing = new() { Name = "" };
    private static readonly JsonRpcRequest NoRequest = new() { Method = RequestMethods.ToolsCall };

    /// <exception cref="McpProtocolException">The params do not fit the method.</exception>
    public static T Read<T>(byte[] utf8)
        where T : RequestParams
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, McpJsonUtilities.DefaultOptions)
                ?? throw new McpProtocolException("The request needs params.", McpErrorCode.InvalidParams);
        }
        catch (JsonException exception)
        {
            throw new McpProtocolException(
                $"The request's params are malformed at '{exception.Path}'.", McpErrorCode.InvalidParams);
        }
    }

    /// <summary>Puts the state and the answers of this round where a tool of its own rounds reads them.</summary>
    public static void SetRound(RequestParams parameters, string? requestState, ImmutableArray<Jobs.InputResponse> responses)
    {
        parameters.RequestState = requestState;
        parameters.InputResponses = responses.IsDefaultOrEmpty ? null : ToResponses(responses);
    }

    /// <summary>Gives a job's tool a token to report progress with, where the client sent none: the job wants to know anyway.</summary>
    public static void EnsureProgressToken(RequestParams parameters, string token)
    {
        if (parameters.ProgressToken is null)
        {
            (parameters.Meta ??= [])["progressToken"] = token;
        }
    }

    /// <param name="server">Whom the primitive talks to.</param>
    /// <param name="method">What is called.</param>
    /// <param name="sent">The params as they came, where the primitive may look at them.</param>
    /// <param name="parameters">The same, read.</param>
    /// <param name="caller">Who calls.</param>
    public static RequestContext<T> Context<T>(CallServer server, string method, byte[]? sent, T parameters, Principal caller)
        where T : RequestParams
    {
        var request = new JsonRpcRequest
        {
            Id = new RequestId(method),
            Method = method,
            Params = sent is null ? null : JsonNode.Parse(sent),
            Context = new JsonRpcMessageContext { User = User(caller) },
        };
        return new RequestContext<T>(server, request, parameters);
    }

    /// <summary>Empties the request of a tool that has begun and cannot look at it again. It may run for days.</summary>
    public static void LetGo(RequestContext<CallToolRequestParams> request)
    {
        request.Params = Nothing;
        request.JsonRpcRequest = NoRequest;
    }

    public static bool IsGone(RequestContext<CallToolRequestParams> request) => ReferenceEquals(request.Params, Nothing);

    private static Dictionary<string, InputResponse> ToResponses(
        ImmutableArray<Jobs.InputResponse> responses)
    {
        var all = new Dictionary<string, InputResponse>(StringComparer.Ordinal);
        foreach (var response in responses)
        {
            all[response.Key] = new() { RawValue = JsonSerializer.Deserialize<JsonElement>(response.Result) };
        }

        return all;
    }

    private static ClaimsPrincipal User(Principal caller) => new(new ClaimsIdentity(
        [
            new Claim("sub", caller.Subject, null, caller.Issuer),
            new Claim("iss", caller.Issuer),
            new Claim("tenant", caller.Tenant),
            new Claim("client", caller.Client),
        ],
        authenticationType: "actors",
        nameType: "sub",
        roleType: null));
}
