using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>Short tools that ask through <see cref="McpServer"/>, as tools did before round trips existed.</summary>
[McpServerToolType]
public static class AskingTools
{
    [McpServerTool(Name = "test_sampling"), Description("Has the client's model answer a prompt.")]
    public static async Task<string> Sample(
        McpServer server, [Description("What to ask the model.")] string prompt, CancellationToken cancellationToken)
    {
        var answer = await server.SampleAsync(Questions.Sampling(prompt), cancellationToken);
        return $"The model said: {answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }

    [McpServerTool(Name = "test_elicitation"), Description("Asks the user for a name and an address.")]
    public static Task<string> Elicit(
        McpServer server, [Description("What to tell the user.")] string message, CancellationToken cancellationToken) =>
        AskAsync(server, message, new()
        {
            Properties =
            {
                ["username"] = new ElicitRequestParams.StringSchema { Title = "User name" },
                ["email"] = new ElicitRequestParams.StringSchema { Title = "Email", Format = "email" },
            },
            Required = ["username", "email"],
        }, cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1034_defaults"), Description("Asks with a default of each type.")]
    public static Task<string> Defaults(McpServer server, CancellationToken cancellationToken) =>
        AskAsync(server, "Please look over these values.", new()
        {
            Properties =
            {
                ["name"] = new ElicitRequestParams.StringSchema { Default = "John Doe" },
                ["age"] = new ElicitRequestParams.NumberSchema { Type = "integer", Default = 30 },
                ["score"] = new ElicitRequestParams.NumberSchema { Default = 95.5 },
                ["status"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema
                {
                    Enum = ["active", "inactive", "pending"], Default = "active",
                },
                ["verified"] = new ElicitRequestParams.BooleanSchema { Default = true },
            },
        }, cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks with each style of enum.")]
    public static Task<string> Enums(McpServer server, CancellationToken cancellationToken) =>
        AskAsync(server, "Please choose.", new()
        {
            Properties =
            {
                ["untitledSingle"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["red", "green"] },
                ["titledSingle"] = new ElicitRequestParams.TitledSingleSelectEnumSchema { OneOf = Titled },
                ["legacyEnum"] = new ElicitRequestParams.LegacyTitledEnumSchema
                {
                    Enum = ["red", "green"], EnumNames = ["Red", "Green"],
                },
                ["untitledMulti"] = new ElicitRequestParams.UntitledMultiSelectEnumSchema
                {
                    Items = new() { Enum = ["red", "green"] },
                },
                ["titledMulti"] = new ElicitRequestParams.TitledMultiSelectEnumSchema { Items = new() { AnyOf = Titled } },
            },
        }, cancellationToken);

    [McpServerTool(Name = "test_streaming_elicitation"), Description("Asks the user while its answer streams.")]
    public static async Task<string> Stream(
        McpServer server, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        progress.Report(new() { Progress = 1, Message = "About to ask." });
        if (server.ClientCapabilities?.Elicitation is null)
            return "The client takes no questions.";
        var answer = await server.ElicitAsync(Questions.Name(), cancellationToken);
        return $"The user chose {answer.Action}.";
    }

    [McpServerTool(Name = "test_missing_capability"), Description("Works only for a client that offers sampling.")]
    public static string NeedsSampling(McpServer server) =>
        server.ClientCapabilities?.Sampling is null
            ? throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new() })
            : "The client offers sampling.";

    [McpServerTool(Name = "delete_records", Destructive = true), Description("Deletes records, at once.")]
    public static string Delete([Description("Which.")] string filter) => $"Deleted {filter}.";

    private static IList<ElicitRequestParams.EnumSchemaOption> Titled =>
        [new() { Const = "red", Title = "Red" }, new() { Const = "green", Title = "Green" }];

    private static async Task<string> AskAsync(
        McpServer server, string message, ElicitRequestParams.RequestSchema schema, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(new() { Message = message, RequestedSchema = schema }, cancellationToken);
        return $"The user chose {answer.Action}: {string.Join(", ", answer.Content?.Keys ?? [])}";
    }
}
