namespace Actors.Silo.Packs;

/// <summary>Which tool packs a silo loads besides those registered in code. Section <c>Actors:ToolPacks</c>.</summary>
public sealed class ToolPackOptions
{
    /// <summary>Paths of assemblies, absolute or relative to the working folder; each is loaded with its dependencies beside it.</summary>
    public IList<string> Paths { get; } = [];

    /// <summary>Names of assemblies that the process can load by itself.</summary>
    public IList<string> Assemblies { get; } = [];
}
