using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Actors.FixturePack.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Prompts;

[McpServerPromptType]
public static class FixturePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt"), Description("A prompt without arguments.")]
    public static string Simple() => "This is a simple prompt.";

    [McpServerPrompt(Name = "test_prompt_with_arguments"), Description("A prompt that repeats its two arguments.")]
    public static string WithArguments(
        [Description("The first."), AllowedValues("test one", "test two", "other")] string arg1,
        [Description("The second.")] string arg2) =>
        $"The arguments are '{arg1}' and '{arg2}'.";

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource"), Description("A prompt with a resource in it.")]
    public static IEnumerable<PromptMessage> WithResource([Description("The resource.")] string resourceUri) =>
    [
        FromUser(new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents
            {
                Uri = resourceUri, MimeType = "text/plain", Text = "The resource's text.",
            },
        }),
        FromUser(new TextContentBlock { Text = "Read the resource above." }),
    ];

    [McpServerPrompt(Name = "test_prompt_with_image"), Description("A prompt with an image in it.")]
    public static IEnumerable<PromptMessage> WithImage() =>
    [
        FromUser(ImageContentBlock.FromBytes(Samples.Png, Samples.PngType)),
        FromUser(new TextContentBlock { Text = "Look at the image above." }),
    ];

    [McpServerPrompt(Name = "test_input_required_result_prompt"), Description("A prompt that asks before it answers.")]
    public static string Asking(RequestContext<GetPromptRequestParams> context) =>
        Questions.Answer(context.Params, Questions.UserName) is not null
            ? $"Write to {Questions.Accepted(context.Params, Questions.UserName, "name") ?? "nobody"}."
            : throw RoundTripTools.Ask((Questions.UserName, InputRequest.ForElicitation(Questions.Name())));

    private static PromptMessage FromUser(ContentBlock content) => new() { Role = Role.User, Content = content };
}
