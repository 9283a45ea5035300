using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>A pack that was written without this server in mind, and does what the revision forbids to send.</summary>
[McpServerToolType, McpServerResourceType]
public static class AwkwardTools
{
    [McpServerTool(Name = "progress_goes_back"), Description("Reports 50, 20, 50 and 80.")]
    public static string GoBack(IProgress<ProgressNotificationValue> progress)
    {
        foreach (var done in (int[])[50, 20, 50, 80])
            progress.Report(new() { Progress = done });
        return "Went back and forth.";
    }

    [McpServerTool(Name = "finds_nothing"), Job(PollIntervalMs = 100), Description("Ends as packs for older revisions do: with -32002.")]
    public static Task<string> FindNothing() => throw new McpProtocolException("Nothing was found.", McpErrorCode.ResourceNotFound);

    /// <summary>As packs for older revisions do it: with -32002.</summary>
    [McpServerResource(UriTemplate = "awkward://shelf/{book}", Name = "shelf"), Description("An empty shelf.")]
    public static string Read(string book) =>
        throw new McpProtocolException($"There is no book '{book}'.", McpErrorCode.ResourceNotFound);
}
