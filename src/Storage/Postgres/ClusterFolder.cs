using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Actors.Storage.Postgres;

/// <summary>
/// The folder of a private server: <c>cluster</c> (PostgreSQL's own), <c>password</c>, <c>postgres.log</c>, <c>lock</c>.
/// It is locked for as long as this lives, so two processes never work on it; a process that dies lets go of it.
/// </summary>
internal sealed class ClusterFolder : IDisposable
{
    public const string User = "actors";
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _lock;

    private ClusterFolder(string folder, FileStream lockFile)
    {
        Folder = folder;
        _lock = lockFile;
    }

    public string Folder { get; }

    public string Cluster => Path.Combine(Folder, "cluster");

    public string LogFile => Path.Combine(Folder, "postgres.log");

    private string PasswordFile => Path.Combine(Folder, "password");

    public static async Task<ClusterFolder> OpenAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(path);
        Directory.CreateDirectory(folder);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                // An flock: it goes with the process, however that ends.
                return new ClusterFolder(folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < timeout)
            {
                await Task.Delay(LockRetry, cancellationToken);
            }
            catch (IOException exception)
            {
                throw new PrivatePostgresException($"The PostgreSQL data folder {folder} is in use by another process.", exception);
            }
        }
    }

    /// <summary>Creates the cluster unless there is one. An initdb that was interrupted leaves nothing that counts.</summary>
    [UnsupportedOSPlatform("windows")]
    public async Task<string> InitializeAsync(PostgresPrograms programs, ServerAccount account, CancellationToken cancellationToken)
    {
        var versionFile = Path.Combine(Cluster, "PG_VERSION");
        if (!File.Exists(versionFile))
        {
            await CreateClusterAsync(programs, account, cancellationToken);
        }
        else if ((await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim() is var version && version != $"{programs.MajorVersion}")
        {
            throw new PrivatePostgresException(
                $"{Cluster} was made by PostgreSQL {version}, but the programs in {programs.Folder} are version {programs.MajorVersion}. Install postgresql-{version}, or move the folder away.");
        }

        return await File.ReadAllTextAsync(PasswordFile, cancellationToken);
    }

    public void Dispose() => _lock.Dispose();

    [UnsupportedOSPlatform("windows")]
    private async Task CreateClusterAsync(PostgresPrograms programs, ServerAccount account, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(Folder, "cluster.unfinished");
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await account.OwnAsync(unfinished, cancellationToken);

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await WritePasswordAsync(PasswordFile, password, cancellationToken);
        // initdb reads it as the account that it runs as, from a copy that lives no longer.
        var copy = Path.Combine(Folder, "password.initdb");
        await WritePasswordAsync(copy, password, cancellationToken);
        await account.OwnAsync(copy, cancellationToken);
        await RunInitDbAsync(programs, account, unfinished, copy, cancellationToken);
        File.Delete(copy);
        Directory.Move(unfinished, Cluster);
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task WritePasswordAsync(string path, string password, CancellationToken cancellationToken)
    {
        File.Delete(path);
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync(password.AsMemory(), cancellationToken);
    }

    private static async Task RunInitDbAsync(
        PostgresPrograms programs, ServerAccount account, string folder, string passwordFile, CancellationToken cancellationToken)
    {
        // Text sorts by code point, the same on every machine, but upper and lower case are Unicode's.
        string[] locale = programs.MajorVersion >= 17
            ? ["--locale-provider=builtin", "--locale=C.UTF-8"]
            : ["--locale=C", "--lc-ctype=C.UTF-8"];
        using var process = Process.Start(StartInfo(account.Run(
            [programs.InitDb, $"--pgdata={folder}", "--encoding=UTF8", .. locale, $"--username={User}", "--auth=scram-sha-256", $"--pwfile={passwordFile}"])))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new PrivatePostgresException($"initdb could not create {folder} as {account.Name ?? "this user"}: {error.Trim()}");
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> command) =>
        new(command.First(), command.Skip(1))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            // The account may not be allowed into our own working folder.
            WorkingDirectory = "/",
        };
}
