using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>A pack that was written without this server in mind, and does what the revision forbids to send.</summary>
[McpServerResourceType]
public static class AwkwardTools
{
    /// <summary>As packs for older revisions do it: with -32002.</summary>
    [McpServerResource(UriTemplate = "awkward://shelf/{book}", Name = "shelf"), Description("An empty shelf.")]
    public static string Read(string book) =>
        throw new McpProtocolException($"There is no book '{book}'.", McpErrorCode.ResourceNotFound);
}
