namespace Orleans.Serialization;

/// <summary>A value of a type that has no serializer was passed to, or returned from, a grain.</summary>
[GenerateSerializer]
public sealed class CodecNotFoundException(string message) : SerializerException(message);
