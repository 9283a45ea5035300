namespace Orleans.Serialization;

/// <summary>An exception of another process whose type is unknown here, with its message and the name of its type.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    public UnavailableExceptionFallbackException()
    {
    }

    public UnavailableExceptionFallbackException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public string? ExceptionType { get; internal init; }

    public Dictionary<string, object?> Properties { get; } = [];

    public override string ToString() => string.IsNullOrWhiteSpace(ExceptionType) ? base.ToString() : $"Unknown exception of type {ExceptionType}: {base.ToString()}";
}
