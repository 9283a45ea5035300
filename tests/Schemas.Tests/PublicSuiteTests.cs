using Xunit;

namespace Actors.Schemas.Tests;

public sealed class PublicSuiteTests
{
    /// <summary>Optional files that are about something else than draft 2020-12 alone, or that are not supported, and why.</summary>
    private static readonly Dictionary<string, string> Unsupported = new()
    {
        ["cross-draft.json"] = "refers to a document of draft 2019-09 that the data does not hold; nothing is fetched",
        ["format/idn-hostname.json"] = "IDNA2008's tables are not here; the format stays an annotation",
    };

    /// <summary>How the names of single cases of the other optional files begin, and why they differ.</summary>
    private static readonly Dictionary<string, string> KnownDifferences = new()
    {
        ["hostname: validation of A-label (punycode) host names / "] = "IDNA2008's tables are not here; an A-label is a label",
    };

    public static TheoryData<string> Required => [.. PublicSuite.Files("")];

    public static TheoryData<string> Optional => [.. PublicSuite.Files("optional").Where(file => !Unsupported.ContainsKey(file))];

    public static TheoryData<string> Formats =>
        [.. PublicSuite.Files("optional/format").Where(file => !Unsupported.ContainsKey("format/" + file))];

    [Theory, MemberData(nameof(Required))]
    public void A_required_file_passes_whole(string file)
    {
        PublicSuite.Require();
        var (cases, wrong) = PublicSuite.Run(file, assertsFormats: false);

        Assert.True(cases > 0);
        Assert.Empty(wrong);
    }

    [Theory, MemberData(nameof(Optional))]
    public void An_optional_file_passes_but_for_what_is_named(string file)
    {
        PublicSuite.Require();
        Check(PublicSuite.Run("optional/" + file, assertsFormats: file is "ecmascript-regex.json"));
    }

    [Theory, MemberData(nameof(Formats))]
    public void A_formats_file_passes_but_for_what_is_named(string file)
    {
        PublicSuite.Require();
        Check(PublicSuite.Run("optional/format/" + file, assertsFormats: true));
    }

    private static void Check((int Cases, List<string> Wrong) run)
    {
        Assert.True(run.Cases > 0);
        var unknown = run.Wrong.Where(wrong => !KnownDifferences.Keys.Any(known => wrong.StartsWith(known, StringComparison.Ordinal)));
        Assert.Equal("", string.Join('\n', unknown));
    }
}
