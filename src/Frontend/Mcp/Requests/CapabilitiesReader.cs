using System.Text.Json;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>Reads which of the client's capabilities matter here. The tasks capability counts under <c>extensions</c> only.</summary>
internal readonly struct CapabilitiesReader(Envelope envelope)
{
    /// <summary>From the object's first token to its last.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("extensions"u8))
                ReadExtensions(ref json);
            else if (json.ValueTextEquals("elicitation"u8))
                envelope.DeclaresElicitation = ReadDeclared(ref json);
            else if (json.ValueTextEquals("sampling"u8))
                envelope.DeclaresSampling = ReadDeclared(ref json);
            else if (json.ValueTextEquals("roots"u8))
                envelope.DeclaresRoots = ReadDeclared(ref json);
            else
                ReadDeclared(ref json);
        }
    }

    private void ReadExtensions(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("io.modelcontextprotocol/tasks"u8))
                envelope.DeclaresTasks = ReadDeclared(ref json);
            else
                ReadDeclared(ref json);
        }
    }

    private static bool ReadDeclared(ref Utf8JsonReader json)
    {
        json.Read();
        var declared = json.TokenType == JsonTokenType.StartObject;
        json.Skip();
        return declared;
    }
}
