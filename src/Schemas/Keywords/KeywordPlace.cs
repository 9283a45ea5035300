namespace Actors.Schemas.Keywords;

/// <summary>A keyword's name, and where it stands.</summary>
internal sealed record KeywordPlace(string Name, string Location);
