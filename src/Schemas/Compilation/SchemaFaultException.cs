namespace Actors.Schemas.Compilation;

/// <summary>Ends a compilation. It does not leave <see cref="JsonSchema"/>.</summary>
internal sealed class SchemaFaultException(string location, string message) : Exception(message)
{
    public SchemaFault Fault { get; } = new(location, message);
}
