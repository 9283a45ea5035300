using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Actors.Bench.Driver.Results;

/// <summary>What everything ran on, and the settings that hold for every row.</summary>
internal sealed record Machine
{
    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required double MemoryGiB { get; init; }

    public required string System { get; init; }

    public required string Runtime { get; init; }

    public required string Postgres { get; init; }

    public required string Node { get; init; }

    public required string Settings { get; init; }

    public static Machine Here() => new()
    {
        Processor = Field("/proc/cpuinfo", "model name"),
        Cores = Environment.ProcessorCount,
        MemoryGiB = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30), 1),
        System = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        Postgres = Version("/bin/sh", "-c", "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)/postgres --version"),
        Node = Version(Processes.NodeProgram.Path, "--version"),
        Settings = "PostgreSQL: fsync on, synchronous_commit on, shared_buffers 128 MiB; Release builds; the driver, the servers and PostgreSQL share the processors",
    };

    /// <summary>Whether figures of both may stand in one table.</summary>
    public bool IsLike(Machine other) => Processor == other.Processor && Cores == other.Cores;

    private static string Field(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':', 2)[1].Trim();

    private static string Version(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : "none";
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return "none";
        }
    }
}
