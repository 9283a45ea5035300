using System.Buffers.Text;
using System.Text;

namespace Actors.Fuzz.Tests.Mutations;

/// <summary>A handle whose inside was altered: what is Base64 is opened, altered as the bytes or the JSON that it is, and closed again.</summary>
internal static class Forgery
{
    /// <summary>Null: there is no inside to be seen.</summary>
    public static string? Of(string handle, Random random)
    {
        var start = handle.LastIndexOf('.') + 1;
        // The first letter of an event id says of which kind it is.
        if (start == 0 && handle.StartsWith("jey", StringComparison.Ordinal))
            start = 1;
        if (start == handle.Length || !Base64Url.IsValid(handle.AsSpan(start)))
            return null;
        var inside = Base64Url.DecodeFromChars(handle.AsSpan(start));
        var altered = JsonMutations.Apply(inside, random) ?? ByteMutations.Apply(inside, random);
        return handle[..start] + Encoding.ASCII.GetString(Base64Url.EncodeToUtf8(altered.Body));
    }
}
