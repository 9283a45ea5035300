using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;

namespace Actors.Fuzz.Tests.Target;

/// <summary>A prompt and resources that repeat what they are asked with.</summary>
[McpServerPromptType, McpServerResourceType]
public static class FuzzPrimitives
{
    [McpServerPrompt(Name = "write"), Description("Repeats its arguments.")]
    public static string Write([Description("What."), AllowedValues("this", "that")] string what, [Description("How.")] string how = "well") =>
        $"Write {what} {how}.";

    [McpServerResource(UriTemplate = "fuzz://note", Name = "note", MimeType = "text/plain"), Description("Always the same.")]
    public static string Note() => "A note.";

    [McpServerResource(UriTemplate = "fuzz://shelf/{book}", Name = "shelf", MimeType = "text/plain"), Description("Repeats the name.")]
    public static string Shelf(string book) => $"The book '{book}'.";
}
