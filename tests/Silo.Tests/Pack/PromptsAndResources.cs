using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

[McpServerPromptType, McpServerResourceType]
public static class PromptsAndResources
{
    [McpServerPrompt(Name = "review"), Description("Asks for a review.")]
    public static string Review([AllowedValues("short", "strict", "long")] string style) => $"Review this, {style}.";

    [McpServerResource(UriTemplate = "test://motd", Name = "motd", MimeType = "text/plain"), Description("The message of the day.")]
    public static string Motd() => "Be kind.";

    [McpServerResource(UriTemplate = "test://page/{number}", Name = "page", MimeType = "text/plain"), Description("A page.")]
    public static string Page(int number) => $"Page {number}.";
}
