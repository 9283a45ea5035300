namespace Actors.Chaos.Pack;

/// <summary>The table of effects has seen a newer attempt: this one ends without another effect.</summary>
public sealed class FencedOffException(int attempt) : Exception($"Attempt {attempt} was overtaken.");
