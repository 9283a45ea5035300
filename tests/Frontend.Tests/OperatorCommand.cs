using System.Diagnostics;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A command of the frontend's program, as an operator runs it.</summary>
internal static class OperatorCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <returns>Its exit code, and what it said on both its outputs.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string database, params string[] command)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Actors.Frontend"), command)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Actors__Storage__ConnectionString"] = database;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token).WaitAsync(Deadline, token);
        return (process.ExitCode, await output + await error);
    }
}
