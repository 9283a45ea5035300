namespace Actors.Silo.Tests.Pack;

public sealed record Point(int X, int Y);
