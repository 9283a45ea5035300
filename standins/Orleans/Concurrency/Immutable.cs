namespace Orleans.Concurrency;

/// <summary>A value that its sender promises not to change, so that it is passed without a copy.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct Immutable<T>(T value)
{
    [Id(0)]
    public readonly T Value = value;
}
