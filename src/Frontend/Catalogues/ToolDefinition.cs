using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;
using Actors.Tools;

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

    /// <summary><c>execution.taskSupport</c> of revision 2025-11-25 (Tasks, Tool-Level Negotiation); forbidden is its default.</summary>
    public static byte[] WithTaskSupport(ToolEntry tool)
    {
        if (tool.Job is not { } terms)
            return tool.Definition;
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        // As in ToolsWithoutTasks: a call without params.task may be answered with the job's handle.
        MemberCopy.WriteAllBut(json.Writer, terms.TaskSupport == TaskSupport.Required ? tool.Definition : WithoutOutputSchema(tool.Definition), "execution"u8);
        json.Writer.WriteStartObject("execution");
        json.Writer.WriteString("taskSupport", terms.TaskSupport == TaskSupport.Required ? "required" : "optional");
        json.Writer.WriteEndObject();
        json.Writer.WriteEndObject();
        return json.Written.ToArray();
    }
}
