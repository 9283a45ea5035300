namespace Actors.Frontend.Mcp;

/// <summary>The protocol's log levels (RFC 5424).</summary>
internal static class LogLevels
{
    public static bool Contains(string level) => level is
        "debug" or "info" or "notice" or "warning" or "error" or "critical" or "alert" or "emergency";
}
