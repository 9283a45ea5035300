namespace Orleans.Concurrency;

/// <summary>The method changes nothing and may start while other read-only calls of the grain wait.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute
{
}
