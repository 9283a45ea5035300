namespace Orleans.Contract.Tests.Calls;

/// <summary>Not prepared for grain calls.</summary>
internal sealed class Unknown
{
    public string Name { get; set; } = "";
}
