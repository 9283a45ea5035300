namespace Actors.Bench.Driver.Settings;

/// <summary>One way to run the product's process that differs from the way it ships in one thing.</summary>
/// <param name="Name">As bench/settings.sh and the table call it.</param>
/// <param name="Meaning">What is different.</param>
internal sealed record Setting(string Name, string Meaning)
{
    /// <summary>Variables of the runtime.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>Settings of the product.</summary>
    public IReadOnlyList<(string Name, string Value)> Options { get; init; } = [];

    /// <summary>What is added to the connection string.</summary>
    public string Database { get; init; } = "";
}
