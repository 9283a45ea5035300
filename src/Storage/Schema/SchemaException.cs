namespace Actors.Storage.Schema;

/// <summary>The database's schema and this program's do not fit together; a person has to look.</summary>
public sealed class SchemaException(string message, Exception? innerException = null) : Exception(message, innerException);
