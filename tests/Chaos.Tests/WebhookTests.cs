using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Tests;

/// <summary>Messages to webhooks: what breaks the promise is found, and what is allowed is not.</summary>
public sealed class WebhookTests
{
    private const string Other = "00000000000000000000000000000002";

    [Fact]
    public void A_message_that_was_tried_again_and_accepted_passes() => Assert.Empty(Ended().Told(isAccepted: false).Told().Told().Findings);

    [Fact]
    public void A_message_about_a_job_whose_create_was_not_answered_passes() => Assert.Empty(Ended().Told().Told(id: "msg_2", job: Other).Findings);

    [Fact]
    public void A_job_that_nobody_asked_about_passes() => Assert.Empty(End(new Story().Create()).Findings);

    [Fact]
    public void A_job_whose_end_nobody_was_told_is_found() => AssertBroken(Ended());

    [Fact]
    public void A_message_that_was_never_accepted_is_found() => AssertBroken(Ended().Told(isAccepted: false));

    [Fact]
    public void A_message_under_two_ids_is_found() => AssertBroken(Ended().Told(isAccepted: false).Told(id: "msg_2"));

    [Fact]
    public void An_id_of_two_jobs_is_found() => AssertBroken(Ended().Told().Told(job: Other));

    [Fact]
    public void A_message_without_a_right_signature_is_found() => AssertBroken(Ended().Told().Told(isSigned: false));

    [Fact]
    public void A_message_with_another_ending_is_found() => AssertBroken(Ended().Told("failed"));

    [Fact]
    public void A_message_about_somebody_elses_job_is_found() =>
        AssertBroken(End(new Story().Create(wantsWebhook: true).Call("tools/call", Story.Result($$"""{"resultType":"task",{{Story.Task("working", handle: Other)}}}"""), Story.Eve, tool: "chaos_steps", token: Story.Token(Story.Eve), sent: """{"steps":2}"""), Other)
            .Told().Told(id: "msg_2", job: Other));

    private static Story Ended() => End(new Story().Create(wantsWebhook: true));

    private static Story End(Story story, string? foreign = null)
    {
        story.Steps(1, 0, 2).Completed().Final().Completed().Completed(via: Story.Second);
        if (foreign is null)
            return story;
        foreach (var via in (string[])[Story.First, Story.Second])
            story.Call("tasks/get", Story.Result($$"""{"resultType":"complete",{{Story.Task("completed", handle: foreign)}}}"""), Story.Eve, via, handle: foreign);
        return story;
    }

    private static void AssertBroken(Story story)
    {
        Assert.Equal([Promise.WebhookArrives], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
