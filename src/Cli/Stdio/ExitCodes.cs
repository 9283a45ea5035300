namespace Actors.Cli.Stdio;

/// <summary>What the bridge's exit code means (docs/stdio.md).</summary>
internal static class ExitCodes
{
    /// <summary>The host closed its end, or a signal ended the bridge.</summary>
    public const int Done = 0;

    /// <summary>A fault of the bridge; standard error says which.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot work.</summary>
    public const int Usage = 2;

    /// <summary>The host closed its end, and not everything was answered in the time that is left then.</summary>
    public const int Unanswered = 3;

    /// <summary>The host takes no more of what the bridge has for it.</summary>
    public const int HostGone = 4;
}
