using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Compilation;

/// <summary>A place in a document where a schema stands.</summary>
internal sealed class SchemaSite(string document, string pointer, JsonElement element, IndexedResource resource)
{
    /// <summary>The URI the document is known by; empty for the schema that is compiled.</summary>
    public string Document { get; } = document;

    public string Pointer { get; } = pointer;

    public JsonElement Element { get; } = element;

    public IndexedResource Resource { get; } = resource;

    public string Location => $"{Document}#{Pointer}";

    public SchemaNode? Node { get; set; }
}
