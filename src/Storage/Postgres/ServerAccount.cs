using System.Diagnostics;

namespace Actors.Storage.Postgres;

/// <summary>
/// Whom the server runs as. PostgreSQL refuses to run as root, so root hands it to an account without rights;
/// everybody else runs it himself.
/// </summary>
internal sealed record ServerAccount(string? Name)
{
    private static readonly string[] SetPrivPaths = ["/usr/bin/setpriv", "/bin/setpriv"];

    public static ServerAccount Choose()
    {
        if (!Environment.IsPrivilegedProcess) return new ServerAccount(Name: null);

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet();
        return accounts.Contains("postgres") ? new ServerAccount("postgres")
            : accounts.Contains("nobody") ? new ServerAccount("nobody")
            : throw new PrivatePostgresException("PostgreSQL does not run as root, and there is neither an account postgres nor nobody to run it as.");
    }

    /// <summary>The command line that runs a program as this account.</summary>
    public IEnumerable<string> Run(params IEnumerable<string> command)
    {
        if (Name is null) return command;

        var setPriv = Array.Find(SetPrivPaths, File.Exists)
            ?? throw new PrivatePostgresException("PostgreSQL does not run as root, and setpriv, which starts it as somebody else, is missing (Debian, Ubuntu: apt-get install util-linux).");
        return [setPriv, $"--reuid={Name}", $"--regid={GroupId()}", "--clear-groups", "--", .. command];
    }

    /// <summary>Gives a file or folder to this account.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is null) return;

        using var chown = Process.Start("chown", [$"{Name}:{GroupId()}", path]);
        await chown.WaitForExitAsync(cancellationToken);
        if (chown.ExitCode != 0) throw new PrivatePostgresException($"{path} cannot be given to the account {Name}.");
    }

    private string GroupId() => File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == Name)[3];
}
