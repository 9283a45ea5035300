namespace Actors.Jobs;

/// <summary>Whether a person is asked before a tool runs.</summary>
public enum Confirmation
{
    /// <summary>Where the tool is annotated with <c>destructiveHint: true</c>.</summary>
    WhenDestructive = 0,

    /// <summary>Never: the tool's owner answers for it.</summary>
    Never = 1,

    /// <summary>Before every call.</summary>
    Always = 2,
}
