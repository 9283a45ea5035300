using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>One tool for each kind of content.</summary>
[McpServerToolType]
public static class ContentTools
{
    /// <summary>Sorts first and needs nothing: the conformance suite calls the first listed tool with <c>{}</c>.</summary>
    [McpServerTool(Name = "about", ReadOnly = true), Description("Says what these tools are for.")]
    public static string About() => "Tools, prompts and resources that the tests call.";

    [McpServerTool(Name = "greet", ReadOnly = true), Description("Greets at once; never a job.")]
    public static string Greet([Description("Whom to greet.")] string name) => $"Hello, {name}!";

    [McpServerTool(Name = "test_simple_text"), Description("Answers with one text block.")]
    public static string SimpleText() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content"), Description("Answers with one image.")]
    public static ImageContentBlock Image() => ImageContentBlock.FromBytes(Samples.Png, Samples.PngType);

    [McpServerTool(Name = "test_audio_content"), Description("Answers with one sound.")]
    public static AudioContentBlock Audio() => AudioContentBlock.FromBytes(Samples.Wav, Samples.WavType);

    [McpServerTool(Name = "test_embedded_resource"), Description("Answers with an embedded resource.")]
    public static EmbeddedResourceBlock EmbeddedResource() => new()
    {
        Resource = new TextResourceContents
        {
            Uri = "test://embedded-resource", MimeType = "text/plain", Text = "The embedded resource's text.",
        },
    };

    [McpServerTool(Name = "test_multiple_content_types"), Description("Answers with text, an image and a resource.")]
    public static ContentBlock[] Mixed() =>
    [
        new TextContentBlock { Text = "Three kinds of content:" },
        ImageContentBlock.FromBytes(Samples.Png, Samples.PngType),
        new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents
            {
                Uri = "test://mixed-content-resource", MimeType = "application/json", Text = """{"kind":"mixed"}""",
            },
        },
    ];

    [McpServerTool(Name = "test_error_handling"), Description("Fails, as a tool does: with isError.")]
    public static string Error() => throw new McpException("This tool fails on purpose.");

    [McpServerTool(Name = "test_x_mcp_header", ReadOnly = true), Description("Echoes what also travels in headers.")]
    public static string Headers(
        [McpHeader("Region"), Description("Mirrored into Mcp-Param-Region.")] string region = "none",
        [McpHeader("Level"), Description("Mirrored into Mcp-Param-Level.")] int level = 0) =>
        $"region={region} level={level}";

    [McpServerTool(Name = "echo_bytes", ReadOnly = true), Description("Answers with as many characters as asked for.")]
    public static string Echo([Description("How many characters.")] int count) => new('x', count);
}
