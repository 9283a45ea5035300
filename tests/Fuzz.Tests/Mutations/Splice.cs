namespace Actors.Fuzz.Tests.Mutations;

internal static class Splice
{
    /// <summary>The bytes with those from <paramref name="start"/> to <paramref name="end"/> replaced.</summary>
    public static byte[] Replace(byte[] bytes, int start, int end, ReadOnlySpan<byte> with) =>
        [.. bytes.AsSpan(0, start), .. with, .. bytes.AsSpan(end)];
}
