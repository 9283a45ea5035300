namespace Actors.Demo;

/// <summary>
/// The main job of the product, as a user lives it: a slow tool call becomes a job, the server dies under it, and the same
/// handle leads to the result.
/// </summary>
internal sealed class Story(int fileCount, int delayPerFileMs)
{
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        using var folder = new DemoFolder(fileCount);
        Say($"A folder of {folder.FileCount} Markdown files, and a server with the KnowledgeBase tools.");
        var server = await DemoServer.StartAsync(folder, delayPerFileMs, cancellationToken);
        try
        {
            string handle;
            FilesDone atTheKill;
            await using (var before = await TaskClient.ConnectAsync(server.Endpoint, cancellationToken))
            {
                handle = await before.StartAsync("index_docs", new() { ["folder"] = DemoFolder.RootName }, cancellationToken);
                Say($"tools/call index_docs answered at once, with a task: {handle}");
                atTheKill = await HalfWayAsync(before, handle, folder, cancellationToken);
            }

            Say($"kill -9 {server.ProcessId}, with {atTheKill} files done.");
            await server.KillAsync(cancellationToken);
            server = await DemoServer.StartAsync(folder, delayPerFileMs, cancellationToken);
            Say("Started it again, on the same data folder. Asking for the same handle:");
            await using var after = await TaskClient.ConnectAsync(server.Endpoint, cancellationToken);
            Check(await ResultAsync(after, handle, cancellationToken), folder, atTheKill);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<FilesDone> HalfWayAsync(
        TaskClient client, string handle, DemoFolder folder, CancellationToken cancellationToken)
    {
        await foreach (var task in client.WatchAsync(handle, cancellationToken))
        {
            if (task.IsTerminal)
                throw new InvalidOperationException($"The job was {task.Status} before the server could be killed: {task.Raw}");
            if (task.Done is { } done)
            {
                ProgressBar.Draw(done, task.StatusMessage);
                if (done.Count * 2 >= folder.FileCount)
                    return done;
            }
        }

        throw new InvalidOperationException("The job went away.");
    }

    private static async Task<TaskView> ResultAsync(TaskClient client, string handle, CancellationToken cancellationToken)
    {
        await foreach (var task in client.WatchAsync(handle, cancellationToken))
        {
            if (task.Done is { } done)
                ProgressBar.Draw(done, task.StatusMessage);
            if (task.IsTerminal)
                return task;
        }

        throw new InvalidOperationException("The job went away.");
    }

    private static void Check(TaskView task, DemoFolder folder, FilesDone atTheKill)
    {
        if (task.Report is not { } report)
            throw new InvalidOperationException($"The job ended {task.Status}, without a report: {task.Raw}");
        Say($"{task.Status}: {report.Files} files; attempt {report.Attempt} went on after file {report.ResumedAfter}.");
        Expect(report.Files == folder.FileCount, $"all {folder.FileCount} files");
        Expect(report.Indexed == folder.FileCount, $"{folder.FileCount} files indexed, over both attempts");
        Expect(report.Attempt == 2, "attempt 2");
        Expect(report.ResumedAfter > 0, "an attempt that went on from a checkpoint");
        Expect(report.ResumedAfter <= atTheKill.Count + DemoServer.BatchFiles, "an attempt that did the rest, and no more");
        Say("The job survived the server.");
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"Expected {what}.");
    }

    private static void Say(string line) => Console.WriteLine($"\n> {line}");
}
