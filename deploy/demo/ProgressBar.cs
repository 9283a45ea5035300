namespace Actors.Demo;

/// <summary>One line that grows; in a log, where nothing can be overwritten, one line for each tenth.</summary>
internal static class ProgressBar
{
    private const int Width = 40;
    private static int s_lastTenth = -1;

    public static void Draw(FilesDone done, string? message)
    {
        var filled = Width * done.Count / Math.Max(done.Total, 1);
        var line = $"  [{new string('#', filled)}{new string('.', Width - filled)}] {message}";
        var tenth = 10 * done.Count / Math.Max(done.Total, 1);
        if (!Console.IsOutputRedirected)
            Console.Write($"\r{line,-110}"[..111]);
        else if (tenth != s_lastTenth)
            Console.WriteLine(line);
        s_lastTenth = tenth;
    }
}
