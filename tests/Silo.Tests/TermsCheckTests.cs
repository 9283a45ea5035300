using Actors.Jobs;
using Actors.Silo.Packs;

namespace Actors.Silo.Tests;

/// <summary>What a tool declares that makes no sense is refused when its pack is loaded.</summary>
public sealed class TermsCheckTests
{
    [Fact]
    public void Terms_that_say_nothing_are_in_order() => Assert.Null(TermsCheck.Fault(new JobAttribute()));

    [Fact]
    public void Only_a_tool_whose_every_call_is_a_job_can_join_calls_that_are_repeated()
    {
        Assert.Null(TermsCheck.Fault(new JobAttribute { DeduplicateSeconds = 60 }));
        Assert.Equal(
            "DeduplicateSeconds is for tools whose every call is a job; this one has Start = JobStart.OnDemand.",
            TermsCheck.Fault(new JobAttribute { DeduplicateSeconds = 60, Start = JobStart.OnDemand }));
    }
}
