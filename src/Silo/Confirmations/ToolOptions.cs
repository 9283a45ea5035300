using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Confirmations;

/// <summary>What a person is asked before tools run. Section <c>Actors:Tools</c>.</summary>
public sealed class ToolOptions
{
    /// <summary>Whether a person is asked before a tool runs that is annotated <c>destructiveHint: true</c>. Default true.</summary>
    public bool ConfirmDestructive { get; set; } = true;

    /// <summary>Names of tools, and of tool packs (their assemblies), that run unasked all the same. None by default.</summary>
    public IList<string> Unconfirmed { get; } = [];

    /// <summary>Characters of a call's arguments that the question shows; more is cut. Default 2,000.</summary>
    [Range(0, 10_000)]
    public int MaxConfirmationArgumentChars { get; set; } = 2000;
}
