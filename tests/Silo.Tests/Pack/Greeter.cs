namespace Actors.Silo.Tests.Pack;

/// <summary>A service that the pack registers for its tools.</summary>
public sealed class Greeter
{
    public string Greet(string name) => $"Hello, {name}!";
}
