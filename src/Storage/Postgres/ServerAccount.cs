using System.Diagnostics;

namespace Actors.Storage.Postgres;

/// <summary>
/// Whom the server runs as. PostgreSQL refuses to run as root, so root hands it to an account without rights;
/// everybody else runs it himself.
/// </summary>
/// <param name="Name">The account, or null for whoever runs this process.</param>
/// <param name="IsShutOut">Whether the data folder lies under one that lets only its owner in, as root's home does.</param>
internal sealed record ServerAccount(string? Name, bool IsShutOut = false)
{
    private static readonly string[] SetPrivPaths = ["/usr/bin/setpriv", "/bin/setpriv"];

    public static ServerAccount Choose(string dataFolder)
    {
        if (!Environment.IsPrivilegedProcess) return new ServerAccount(Name: null);

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet();
        return accounts.Contains("postgres") ? new ServerAccount("postgres", LetsNobodyIn(dataFolder))
            : accounts.Contains("nobody") ? new ServerAccount("nobody", LetsNobodyIn(dataFolder))
            : throw new PrivatePostgresException("PostgreSQL does not run as root, and there is neither an account postgres nor nobody to run it as.");
    }

    /// <summary>The command line that runs a program as this account.</summary>
    public IEnumerable<string> Run(params IEnumerable<string> command)
    {
        if (Name is null) return command;

        var setPriv = Array.Find(SetPrivPaths, File.Exists)
            ?? throw new PrivatePostgresException("PostgreSQL does not run as root, and setpriv, which starts it as somebody else, is missing (Debian, Ubuntu: apt-get install util-linux).");
        // The one right of root that it keeps there is to pass through folders, and only where it has to.
        string[] passage = IsShutOut ? ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"] : [];
        return [setPriv, $"--reuid={Name}", $"--regid={GroupId()}", "--clear-groups", .. passage, "--", .. command];
    }

    /// <summary>Gives a file or folder to this account.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is null) return;

        using var chown = Process.Start("chown", [$"{Name}:{GroupId()}", path]);
        await chown.WaitForExitAsync(cancellationToken);
        if (chown.ExitCode != 0) throw new PrivatePostgresException($"{path} cannot be given to the account {Name}.");
    }

    private static bool LetsNobodyIn(string dataFolder)
    {
        for (var folder = Directory.GetParent(Path.GetFullPath(dataFolder)); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && !OperatingSystem.IsWindows() && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return true;
        }

        return false;
    }

    private string GroupId() => File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == Name)[3];
}
