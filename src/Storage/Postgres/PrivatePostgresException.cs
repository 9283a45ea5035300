namespace Actors.Storage.Postgres;

/// <summary>The private PostgreSQL server cannot be had; the message says what to do about it.</summary>
public sealed class PrivatePostgresException(string message, Exception? innerException = null) : Exception(message, innerException);
