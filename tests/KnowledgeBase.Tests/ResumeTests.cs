using System.Text.Json;
using Actors.PackServer;

namespace Actors.KnowledgeBase.Tests;

public sealed class ResumeTests
{
    private const int Files = 60;
    private const int BatchFiles = 5;

    [Fact]
    public async Task A_run_that_was_killed_goes_on_from_its_checkpoint_under_the_same_handle()
    {
        var temp = Directory.CreateTempSubdirectory("actors-kb-resume-");
        var root = Directory.CreateDirectory(Path.Combine(temp.FullName, "docs"));
        foreach (var n in Enumerable.Range(0, Files))
            await File.WriteAllTextAsync(Path.Combine(root.FullName, $"{n:00}.md"), $"# Number {n}\n\nText {n}.", TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync("samples/KnowledgeBase", new()
        {
            ["KnowledgeBase:Roots:0"] = root.FullName,
            ["KnowledgeBase:BatchFiles"] = $"{BatchFiles}",
            ["KnowledgeBase:DelayPerFileMs"] = "50",
        });
        string handle;
        using (var before = await server.TasksAsync())
        {
            handle = await before.CreateAsync("index_docs", []);
            await before.UntilAsync(handle, task => Done(task) >= 3 * BatchFiles);
        }

        await server.KillAsync();
        await server.StartAgainAsync();

        using var after = await server.TasksAsync();
        var end = await after.EndAsync(handle);
        Assert.Equal("completed", end.GetProperty("status").GetString());
        var report = end.GetProperty("result").GetProperty("structuredContent");
        Assert.Equal((Files, Files, 0), (Int(report, "files"), Int(report, "indexed"), Int(report, "unchanged")));
        Assert.Equal((Files, 2), (Int(report, "sections"), Int(report, "attempt")));
        Assert.InRange(Int(report, "resumedAfter"), 2 * BatchFiles, Files - 1);
        Assert.Equal(0, Int(report, "resumedAfter") % BatchFiles);
        temp.Delete(recursive: true);
    }

    /// <summary>Files done, as the status message of a poll says it: <c>15 of 60: docs/14.md</c>.</summary>
    private static int Done(JsonElement task) =>
        task.TryGetProperty("statusMessage", out var message) && int.TryParse(message.GetString()!.Split(' ')[0], out var done) ? done : 0;

    private static int Int(JsonElement report, string name) => report.GetProperty(name).GetInt32();
}
