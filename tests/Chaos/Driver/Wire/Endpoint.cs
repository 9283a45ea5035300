namespace Actors.Chaos.Driver.Wire;

/// <summary>An address of the cluster, and its name in the record.</summary>
internal sealed record Endpoint(string Name, Func<Uri> Address);
