namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>The lines of a script: what is to be done, and a name where it needs one.</summary>
internal static class Line
{
    public const string Progress = "progress";
    public const string Checkpoint = "checkpoint";
    public const string Ask = "ask";

    /// <summary>Fails, the first time.</summary>
    public const string Transient = "transient";

    /// <summary>Work whose result is kept.</summary>
    public const string Step = "step";

    /// <summary>The same, and the work fails the first time.</summary>
    public const string Shaky = "shaky";
    public const string Hang = "hang";
    public const string ToolError = "tool_error";
    public const string ProtocolError = "protocol_error";

    public static (string What, string Name) Parse(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is var at and > 0 ? (line[..at], line[(at + 1)..]) : (line, "");
}
