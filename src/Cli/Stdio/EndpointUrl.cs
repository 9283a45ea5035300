namespace Actors.Cli.Stdio;

/// <summary>The address of the service.</summary>
internal static class EndpointUrl
{
    /// <exception cref="UsageException">It is missing, or no address of HTTP.</exception>
    public static Uri Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new UsageException("Which server? Give --url, or set ACTORS_URL, for example http://localhost:8080/mcp.");
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new UsageException($"'{text}' is no URL of a server; it begins with http:// or https://.");
        if (url.UserInfo.Length > 0)
            throw new UsageException("The URL holds a user or a password; the service takes a key: --key-file or ACTORS_KEY.");
        return url;
    }
}
