using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Resources;

[McpServerResourceType]
public static class FixtureResources
{
    [McpServerResource(UriTemplate = "test://static-text", Name = "static-text", MimeType = "text/plain")]
    [Description("A text that never changes.")]
    public static string Text() => "This is the static text.";

    [McpServerResource(UriTemplate = "test://static-binary", Name = "static-binary", MimeType = "image/png")]
    [Description("An image that never changes.")]
    public static BlobResourceContents Binary() =>
        BlobResourceContents.FromBytes(Samples.Png, "test://static-binary", Samples.PngType);

    [McpServerResource(UriTemplate = "test://watched-resource", Name = "watched-resource", MimeType = "text/plain")]
    [Description("A text that a client may subscribe to.")]
    public static string Watched() => "This is the watched text.";

    [McpServerResource(UriTemplate = "test://template/{id}/data", Name = "template-data", MimeType = "application/json")]
    [Description("Repeats the id of its URI.")]
    public static TextResourceContents Template(string id) => new()
    {
        Uri = $"test://template/{id}/data",
        MimeType = "application/json",
        Text = JsonSerializer.Serialize(new Dictionary<string, string> { ["id"] = id }),
    };
}
