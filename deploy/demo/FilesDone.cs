namespace Actors.Demo;

internal sealed record FilesDone(int Count, int Total)
{
    public override string ToString() => $"{Count} of {Total}";
}
