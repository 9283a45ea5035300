using System.Text.Json;
using Actors.Checkout;
using Actors.PackServer;

namespace Actors.KnowledgeBase.Tests;

/// <summary>A real server with the pack, whose roots are a folder of the tests' own and, where it is there, the corpus of MCP documents.</summary>
public sealed class Library : IAsyncLifetime
{
    public const int MaxFileBytes = 200_000;
    public const int MaxDocumentChars = 20_000;

    private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("actors-kb-");
    private RunningServer? _server;

    /// <summary>The root <c>library</c>; each test has a folder of its own in it.</summary>
    public string Root => Path.Combine(_temp.FullName, "library");

    /// <summary>A folder beside the root, which no call may reach.</summary>
    public string Outside => Path.Combine(_temp.FullName, "library-secret");

    public static string? McpDocs => Repository.SharedData("mcp-docs");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Outside);
        await File.WriteAllTextAsync(Path.Combine(Outside, "secret.md"), "# Secret\n\nNobody may read this.");
        _server = await RunningServer.StartAsync("samples/KnowledgeBase", new()
        {
            ["KnowledgeBase:Roots:0"] = Root,
            ["KnowledgeBase:Roots:1"] = McpDocs ?? Path.Combine(_temp.FullName, "absent"),
            ["KnowledgeBase:MaxFileBytes"] = $"{MaxFileBytes}",
            ["KnowledgeBase:MaxDocumentChars"] = $"{MaxDocumentChars}",
            ["KnowledgeBase:MaxFilesPerRun"] = "300",
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _temp.Delete(recursive: true);
    }

    public Task<PackClient> ClientAsync(string tenant = "readers") => _server!.ClientAsync(tenant);

    /// <summary>A new folder in the root, with these files.</summary>
    public Folder NewFolder(params (string Name, string Text)[] files)
    {
        var folder = new Folder(Directory.CreateDirectory(Path.Combine(Root, $"f{Guid.NewGuid():N}")));
        foreach (var (name, text) in files)
            folder.Write(name, text);
        return folder;
    }

    public static string[] Paths(JsonElement found, string list) =>
        [.. found.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("path").GetString()!)];
}
