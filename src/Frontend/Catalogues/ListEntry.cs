namespace Actors.Frontend.Catalogues;

/// <summary>One entry of a list: its name (or URI), which is what a cursor remembers, and its definition as UTF-8 JSON.</summary>
internal readonly record struct ListEntry(string Name, byte[] Definition);
