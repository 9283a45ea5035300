namespace Actors.Cli.Tools;

/// <summary>What the bridge knows of a tool.</summary>
/// <param name="HeaderParameters">The arguments that are mirrored into headers.</param>
/// <param name="IsRepeatable">Its annotations say that calling it twice does no more than calling it once.</param>
internal sealed record KnownTool(IReadOnlyList<HeaderParameter> HeaderParameters, bool IsRepeatable);
