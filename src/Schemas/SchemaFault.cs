namespace Actors.Schemas;

/// <summary>Why a schema could not be compiled.</summary>
/// <param name="Location">Where, as a URI fragment with a JSON pointer.</param>
/// <param name="Message">One sentence.</param>
public sealed record SchemaFault(string Location, string Message)
{
    public override string ToString() => $"{Location}: {Message}";
}
