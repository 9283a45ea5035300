using System.Collections.Immutable;
using System.Globalization;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>The votes against a silo as Orleans writes them in their column: <c>address,time|address,time</c>.</summary>
internal static class SuspectTimes
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fff 'GMT'";

    public static string? Format(ImmutableArray<DeathVote> votes) =>
        votes.IsDefaultOrEmpty
            ? null
            : string.Join('|', votes.Select(vote =>
                $"{vote.Voter.ToParsableString()},{vote.CastAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}"));

    public static ImmutableArray<DeathVote> Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? [] : [.. text.Split('|').Select(ParseOne)];

    private static DeathVote ParseOne(string text)
    {
        var comma = text.LastIndexOf(',');
        var time = DateTimeOffset.ParseExact(text[(comma + 1)..], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new DeathVote(SiloAddress.FromParsableString(text[..comma]), time);
    }
}
