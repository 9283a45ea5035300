using System.Text.Json;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tools;

/// <summary><c>params._meta["actors/retry"]</c>: how often, and after which pauses, the caller wants the job tried.</summary>
internal static class RetryWish
{
    private const int MaxAttempts = 1000;
    private const int MaxDelayMs = 24 * 3600 * 1000;
    private const double MaxBackoff = 100;

    public static RetryTerms Read(CallOption option)
    {
        if (option.Value.ValueKind != JsonValueKind.Object)
            throw option.Invalid("must be an object with any of maxAttempts, firstDelayMs, backoff, maxDelayMs");
        var terms = new RetryTerms();
        foreach (var member in option.Value.EnumerateObject())
        {
            var each = new CallOption(option.Name, member.Value, "." + member.Name);
            terms = member.Name switch
            {
                "maxAttempts" => terms with { MaxAttempts = (int)each.Integer(1, MaxAttempts) },
                "firstDelayMs" => terms with { FirstDelayMs = (int)each.Integer(0, MaxDelayMs) },
                "backoff" => terms with { Backoff = each.Number(1, MaxBackoff) },
                "maxDelayMs" => terms with { MaxDelayMs = (int)each.Integer(0, MaxDelayMs) },
                _ => throw each.Invalid("is no member of it; there are: maxAttempts, firstDelayMs, backoff, maxDelayMs"),
            };
        }
        return terms;
    }

    /// <exception cref="Errors.RefusedException">More attempts than the tool allows.</exception>
    public static void Check(RetryTerms? wish, string tool, int maxAttempts)
    {
        // 0: a silo of an earlier version did not say.
        if (maxAttempts > 0 && wish?.MaxAttempts > maxAttempts)
            throw new CallOption("actors/retry", default, ".maxAttempts").Invalid($"may be {maxAttempts} at most for '{tool}'");
    }
}
