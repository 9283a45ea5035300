namespace Actors.Schemas.Evaluation;

/// <summary>Ends a validation that would cost more than it may. It does not leave <see cref="JsonSchema"/>.</summary>
internal sealed class SchemaLimitException(string message, string location = "#") : Exception(message)
{
    public string Location { get; } = location;
}
