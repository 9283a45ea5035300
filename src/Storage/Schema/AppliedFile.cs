namespace Actors.Storage.Schema;

/// <summary>A schema file that the database has.</summary>
internal sealed record AppliedFile(string Name, string Checksum, bool IsAdditive);
