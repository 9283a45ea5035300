namespace Orleans.Calls;

/// <summary>The result of a method that has none.</summary>
[Immutable]
[GenerateSerializer]
internal readonly struct Nothing;
