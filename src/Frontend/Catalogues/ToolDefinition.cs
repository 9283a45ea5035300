using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Catalogues;

/// <summary>Edits the JSON of a tool's definition, leaving every other byte of its schemas as the tool's author had it.</summary>
internal static class ToolDefinition
{
    public static byte[] WithoutOutputSchema(byte[] definition)
    {
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        MemberCopy.WriteAllBut(json.Writer, definition, "outputSchema"u8);
        json.Writer.WriteEndObject();
        return json.Written.ToArray();
    }
}
