using System.Net;
using System.Net.Sockets;

namespace Actors.Cli.Http;

/// <summary>What goes wrong on the way to a server, in words that its user can act on.</summary>
internal static class Words
{
    public static string About(Exception exception, Uri url) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            $"The host name {url.Host} is not known here. Check --url",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } e =>
            $"No secure connection to {Place(url)}: {Innermost(e)}",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } e =>
            $"No connection to {Place(url)}: {Innermost(e)}",
        _ => $"The connection to {Place(url)} broke: {Innermost(exception)}",
    };

    public static string About(HttpStatusCode status, Uri url, string? said)
    {
        var detail = said is null ? "" : $" The server says: {said}";
        return status switch
        {
            HttpStatusCode.Unauthorized =>
                $"The server does not take the key (HTTP 401). Check --key, --key-file or ACTORS_KEY.{detail}",
            HttpStatusCode.Forbidden => $"The server forbids it (HTTP 403).{detail}",
            HttpStatusCode.NotFound => $"There is no MCP endpoint at {url.AbsolutePath} (HTTP 404). Check the path of --url, usually /mcp.{detail}",
            HttpStatusCode.MethodNotAllowed => $"{url.AbsolutePath} takes no POST (HTTP 405), so it is no MCP endpoint. Check the path of --url, usually /mcp.{detail}",
            _ => $"The server answered HTTP {(int)status}.{detail}",
        };
    }

    /// <summary>Without a query, which may hold what nobody else should read.</summary>
    public static string Address(Uri url) => url.GetLeftPart(UriPartial.Path);

    public static string Place(Uri url) => $"{url.Host}:{url.Port}";

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner and not SocketException { SocketErrorCode: SocketError.OperationAborted })
            exception = inner;
        return exception.Message.TrimEnd('.');
    }
}
