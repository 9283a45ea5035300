using System.Collections.Immutable;

namespace Actors.Frontend.Mcp;

/// <summary>The protocol's log levels (RFC 5424).</summary>
internal static class LogLevels
{
    /// <summary>From the least severe to the most.</summary>
    public static readonly ImmutableArray<string> All = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

    public static bool Contains(string level) => level is
        "debug" or "info" or "notice" or "warning" or "error" or "critical" or "alert" or "emergency";

    /// <summary>This level and the more severe ones.</summary>
    public static ImmutableArray<string> From(string level) => All[All.IndexOf(level)..];
}
