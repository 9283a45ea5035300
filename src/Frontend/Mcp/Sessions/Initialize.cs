using System.Text.Json;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Discovery;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Sessions;
using Actors.Tenants;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary><c>initialize</c>: agrees on a revision and begins a session (2025-11-25, Lifecycle).</summary>
internal sealed class Initialize(SessionDirectory sessions, ServerIdentity identity)
{
    public async ValueTask HandleAsync(HttpContext http, Principal caller, Envelope envelope, byte[] body)
    {
        if (envelope.Id is null)
            throw new RefusedException(Refusal.InvalidRequest, "initialize needs an id: it is a request, and its answer says what was agreed on.");
        var start = Read(caller, envelope, body);
        http.Response.Headers[SessionHeaders.SessionId] = await sessions.StartAsync(start, http.RequestAborted);
        using var json = JsonBuffer.Rent();
        Write(json.Writer, envelope.Id, start.ProtocolVersion);
        await JsonResponse.WriteAsync(http, json);
    }

    private static SessionStart Read(Principal caller, Envelope envelope, byte[] body)
    {
        if (!envelope.HasParams)
            throw Invalid("params is missing; it must hold protocolVersion, capabilities and clientInfo");
        using var document = ParamsDocument.Open(envelope.Params.CopyFrom(body));
        var parameters = document.RootElement;
        var version = ParamsDocument.OptionalString(parameters, "protocolVersion")
            ?? throw Invalid("params.protocolVersion is missing; it must be a revision, for example \"2025-11-25\"");
        var capabilities = ParamsDocument.OptionalObject(parameters, "capabilities")
            ?? throw Invalid("params.capabilities is missing; it must be an object, empty where there are none");
        var info = ParamsDocument.OptionalObject(parameters, "clientInfo")
            ?? throw Invalid("params.clientInfo is missing; it must be an object with name and version");
        var start = new SessionStart
        {
            Owner = caller,
            ProtocolVersion = Revisions.Negotiate(version),
            ClientCapabilities = JsonSerializer.SerializeToUtf8Bytes(capabilities, JsonElements.Default.JsonElement),
            ClientInfo = JsonSerializer.SerializeToUtf8Bytes(info, JsonElements.Default.JsonElement),
        };
        ClientDeclarations.Check(start.ClientCapabilities, start.ClientInfo, "params.capabilities", "params.clientInfo", Refusal.InvalidParams);
        return start;
    }

    private void Write(Utf8JsonWriter writer, byte[] id, string version)
    {
        ResultResponse.BeginMessage(writer, id);
        writer.WriteStartObject();
        writer.WriteString("protocolVersion", version);
        writer.WritePropertyName("capabilities");
        writer.WriteRawValue(Capabilities(version), skipInputValidation: true);
        writer.WritePropertyName("serverInfo");
        writer.WriteRawValue(identity.Info, skipInputValidation: true);
        writer.WriteString("instructions", Instructions.WithJobTools);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Capabilities(string version) => Revisions.IsAtLeast(version, Revisions.V20251125)
        ? """
          {"tools":{"listChanged":true},"prompts":{"listChanged":true},"resources":{"listChanged":true,"subscribe":true},"completions":{},"logging":{},"tasks":{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}}}
          """u8
        : """
          {"tools":{"listChanged":true},"prompts":{"listChanged":true},"resources":{"listChanged":true,"subscribe":true},"completions":{},"logging":{}}
          """u8;

    private static RefusedException Invalid(string message) => new(Refusal.InvalidParams, message + ".");
}
