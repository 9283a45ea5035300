namespace Actors.Workshop.Sql;

/// <summary>A query that was kept under a name.</summary>
internal sealed record SavedQuery(string Name, string Title, string Query);
