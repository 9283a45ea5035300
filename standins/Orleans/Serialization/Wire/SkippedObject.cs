namespace Orleans.Serialization.Wire;

/// <summary>Where an object that was passed over begins, and how many type names came before it.</summary>
internal sealed record SkippedObject(long Position, int TypeCount);
