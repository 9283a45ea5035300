namespace Actors.Storage.Silos;

/// <summary>A silo that takes work: it holds its lease, and does not drain.</summary>
/// <param name="Name">Its name, as in the rows of its jobs.</param>
/// <param name="Address">Where Orleans reaches it, as text.</param>
/// <param name="Catalogue">The digest of what it offers.</param>
public sealed record LiveSilo(string Name, string Address, string Catalogue);
