using Actors.Jobs;
using Actors.Storage.Jobs;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Storage.Tests.Jobs;

/// <summary>Jobs, and what somebody asks of a list of them.</summary>
/// <param name="Jobs">In the order of their creation, several at a time.</param>
/// <param name="Filter">What is asked for.</param>
/// <param name="PageSize">Jobs of a page.</param>
/// <param name="MaxSearched">How many a page looks at.</param>
public sealed record ListedJobs(ListedJob[] Jobs, JobFilter Filter, int PageSize, int MaxSearched)
{
    private static readonly string?[] AllLabels = [null, null, """{"project":"apollo"}""", """{"project":"gemini","urgent":""}""", """{"urgent":"\u00e9'="}""", "{}"];

    private static readonly JobLabel?[] Asked = [null, null, new("project", null), new("project", "apollo"), new("urgent", null), new("urgent", "\u00e9'="), new("none", null)];

    public static Arbitrary<ListedJobs> Arbitrary { get; } = Arb.From(
        from count in Gen.Choose(0, 40)
        from jobs in Gen.ArrayOf(Job(), count)
        from filter in Filters()
        from pageSize in Gen.Choose(1, 6)
        from maxSearched in Gen.Elements(1, 4, 9, 5_000)
        select new ListedJobs(jobs, filter, pageSize, maxSearched));

    private static Gen<string> Tool => Gen.Elements("index_docs", "greet");

    private static Gen<ListedJob> Job() =>
        from status in Gen.Elements(Enum.GetValues<JobStatus>())
        from isOwned in Gen.Elements(true, false)
        from tool in Tool
        from labels in Gen.Elements(AllLabels)
        from isMine in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        from second in Gen.Choose(0, 12)
        select new ListedJob(status, isOwned, tool, labels, isMine, second);

    private static Gen<JobFilter> Filters() =>
        from status in Gen.Elements<JobStatus?>([null, .. Enum.GetValues<JobStatus>()])
        from label in Gen.Elements(Asked)
        from tool in Gen.OneOf(Gen.Constant<string?>(null), Tool.Select(tool => (string?)tool))
        from first in Gen.Elements<int?>(null, null, 2, 7)
        from end in Gen.Elements<int?>(null, null, 6, 11)
        select new JobFilter
        {
            Status = status,
            Label = label,
            Tool = tool,
            CreatedFrom = Time(first),
            CreatedBefore = Time(end),
        };

    private static DateTimeOffset? Time(int? second) => second is { } after ? StorageHarness.Time(after) : null;
}
