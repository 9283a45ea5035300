using Actors.Cli.Http;

namespace Actors.Cli.Stdio;

/// <summary>Where the key comes from: the command line before a file before the environment.</summary>
internal static class ApiKey
{
    /// <returns>Null: there is none, for a server that takes callers without.</returns>
    /// <exception cref="UsageException">It cannot be read, or cannot be a key. Says nothing of what it is.</exception>
    public static string? Read(string? key, string? file, string? environment)
    {
        if (key is not null && file is not null)
            throw new UsageException("Give --key or --key-file, not both.");
        var found = (key ?? (file is null ? environment : ReadFile(file)))?.Trim();
        if (string.IsNullOrEmpty(found))
            return key is null && file is null ? null : throw new UsageException($"The key is empty ({(file is null ? "--key" : "--key-file")}).");
        return HeaderText.IsPlain(found) && !found.Contains(' ', StringComparison.Ordinal)
            ? found
            : throw new UsageException("The key holds characters that no key has; was more than the key copied?");
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The key file cannot be read: {e.Message}");
        }
    }
}
