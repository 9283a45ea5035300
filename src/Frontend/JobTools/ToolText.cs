using System.Text.Json;

namespace Actors.Frontend.JobTools;

/// <summary>An answer of a job tool: text for the model, and the same as structured content for programs.</summary>
/// <param name="Text">A few sentences, ending with what to do next.</param>
/// <param name="Structure">Writes the value of <c>structuredContent</c>; null: none.</param>
internal sealed record ToolText(string Text, Action<Utf8JsonWriter>? Structure = null);
