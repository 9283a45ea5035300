namespace Actors.Fuzz.Tests.Mutations;

/// <summary>Damage without any notion of what the bytes mean.</summary>
internal static class ByteMutations
{
    private static readonly byte[] Telling = [0, 9, 10, 13, (byte)' ', (byte)'"', (byte)'\\', (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)',', (byte)':', 0x7f, 0x80, 0xc0, 0xed, 0xef, 0xf8, 0xff];

    public static (byte[] Body, string Done) Apply(byte[] body, Random random)
    {
        if (body.Length == 0)
            return ([Any(random)], "a byte where there was none");
        var at = random.Next(body.Length);
        var end = Math.Min(body.Length, at + 1 + random.Next(random.Next(4) == 0 ? 64 : 4));
        return random.Next(6) switch
        {
            0 => (Flipped(body, at, random), $"bit flipped at {at}"),
            1 => (Splice.Replace(body, at, end, default), $"bytes {at} to {end} cut"),
            2 => (Splice.Replace(body, at, at, body.AsSpan(at, end - at)), $"bytes {at} to {end} twice"),
            3 => (Splice.Replace(body, at, at, [Any(random)]), $"byte put in at {at}"),
            4 => (Splice.Replace(body, at, at + 1, [Any(random)]), $"byte changed at {at}"),
            _ => random.Next(3) == 0 ? ([.. body, .. body.AsSpan(at)], $"what follows {at} again at the end") : (body[..at], $"cut off at {at}"),
        };
    }

    private static byte[] Flipped(byte[] body, int at, Random random)
    {
        byte[] flipped = [.. body];
        flipped[at] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte Any(Random random) => random.Next(2) == 0 ? Telling[random.Next(Telling.Length)] : (byte)random.Next(256);
}
