using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Actors.Storage.Postgres;

/// <summary>The machine's PostgreSQL: where its programs are, and its major version.</summary>
internal sealed partial record PostgresPrograms(string Folder, int MajorVersion)
{
    public const int OldestMajorVersion = 15;
    private const string DebianFolder = "/usr/lib/postgresql";

    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The given folder's, or else the newest there is.</summary>
    public static async Task<PostgresPrograms> FindAsync(string? folder, CancellationToken cancellationToken)
    {
        var found = new List<PostgresPrograms>();
        foreach (var candidate in folder is null ? Candidates() : [folder])
        {
            if (await VersionAsync(candidate, cancellationToken) is { } version) found.Add(new(candidate, version));
        }

        return found.Where(programs => programs.MajorVersion >= OldestMajorVersion).MaxBy(programs => programs.MajorVersion)
            ?? throw new PrivatePostgresException(
                $"No PostgreSQL {OldestMajorVersion} or newer was found {(folder is null ? $"under {DebianFolder} or on PATH" : $"in {folder}")}"
                + (found.Count > 0 ? $" (only version {found.Max(programs => programs.MajorVersion)})" : "")
                + ". Install it (Debian, Ubuntu: apt-get install postgresql), or give a connection string.");
    }

    private static IEnumerable<string> Candidates()
    {
        var debian = Directory.Exists(DebianFolder)
            ? Directory.GetDirectories(DebianFolder).Select(version => Path.Combine(version, "bin"))
            : [];
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return debian.Concat(path).Distinct().Where(folder => File.Exists(Path.Combine(folder, "postgres")));
    }

    private static async Task<int?> VersionAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "initdb"))) return null;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version")
            {
                RedirectStandardOutput = true,
            })!;
            var answer = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return Version().Match(answer) is { Success: true } match ? int.Parse(match.ValueSpan, null) : null;
        }
        catch (Win32Exception)
        {
            return null; // not a program of this machine
        }
    }

    [GeneratedRegex(@"(?<=\) )\d+")]
    private static partial Regex Version();
}
