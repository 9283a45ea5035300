using System.ComponentModel;

namespace Actors.Workshop.Logs;

/// <summary>A line of a log that matches.</summary>
internal sealed record LogLine(string File, [property: Description("Counted from 1")] int Line, string Text);
