using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Tests;

/// <summary>One minimal record for each way to break each promise; the checker names that promise and no other.</summary>
public sealed class PlantedViolationTests
{
    private static readonly string[] Nothing = [];

    [Fact]
    public void A_job_that_never_ends_is_found() =>
        AssertBroken(Promise.EveryJobEnds, new Story().Create().Final().Get("working").Get("working", via: Story.Second));

    [Fact]
    public void A_job_that_one_frontend_does_not_see_ended_is_found() =>
        AssertBroken([Promise.EveryJobEnds, Promise.StateNeverGoesBack], new Story().Create().Final().Completed().Get("working", updated: 9, via: Story.Second));

    [Fact]
    public void A_handle_that_cannot_be_read_at_the_end_is_found() =>
        AssertBroken(Promise.EveryJobEnds, new Story().Create().Final().Completed());

    [Fact]
    public void Two_terminal_states_are_found() =>
        AssertBroken(Promise.OneTerminalState, new Story().Create().Cancel().Completed().Get("cancelled", updated: 9));

    [Fact]
    public void A_result_that_changes_is_found() =>
        AssertBroken(Promise.ResultNeverChanges, new Story().Create().Completed(attempt: 1).Completed(attempt: 2, via: Story.Second));

    [Fact]
    public void An_error_that_changes_is_found() => AssertBroken(Promise.ResultNeverChanges, new Story()
        .Create("chaos_fail", "{}")
        .Get("failed", $$""","error":{"code":-32602,"message":"{{Story.Token()}} fails on purpose"}""")
        .Get("failed", $$""","error":{"code":-32603,"message":"{{Story.Token()}} fails on purpose"}"""));

    [Fact]
    public void A_handle_that_turns_unknown_is_found() => AssertBroken(Promise.HandleStaysKnown, new Story().Create().Unknown());

    [Fact]
    public void A_handle_that_a_cancel_does_not_know_is_found() => AssertBroken(Promise.HandleStaysKnown, new Story().Create().Unknown(method: "tasks/cancel"));

    [Fact]
    public void A_handle_that_job_get_does_not_know_is_found() => AssertBroken(Promise.HandleStaysKnown, new Story().Create().Call(
        "tools/call",
        Story.Result("""{"content":[{"type":"text","text":"There is no job with this job_id for you."}],"isError":true}"""),
        tool: "job_get",
        handle: Story.Handle));

    [Fact]
    public void A_handle_that_a_stream_leaves_out_is_found() => AssertBroken(Promise.HandleStaysKnown, new Story().Create().Listen(Story.Ann, Nothing));

    [Fact]
    public void A_handle_given_out_twice_is_found() => AssertBroken(Promise.HandleStaysKnown, new Story().Create().Create());

    [Fact]
    public void An_ended_job_that_works_again_is_found() =>
        AssertBroken(Promise.StateNeverGoesBack, new Story().Create().Completed().Get("working", updated: 9));

    [Fact]
    public void An_ended_job_that_a_list_shows_running_is_found() => AssertBroken(Promise.StateNeverGoesBack, new Story().Create().Completed().Call(
        "tools/call",
        Story.Result($$$"""{"content":[],"structuredContent":{"jobs":[{"job_id":"{{{Story.Handle}}}","status":"running"}]}}"""),
        tool: "job_list"));

    [Fact]
    public void A_started_job_that_waits_for_its_first_attempt_is_found() => AssertBroken(
        Promise.StateNeverGoesBack, new Story().Create().Progress(attempt: 1, step: 1, updated: 1).JobGet("queued", attempt: 0));

    [Fact]
    public void A_lower_attempt_is_found() => AssertBroken(Promise.StateNeverGoesBack, new Story().Create().JobGet("running", attempt: 2).JobGet("running", attempt: 1));

    [Fact]
    public void Less_progress_within_an_attempt_is_found() => AssertBroken(
        Promise.StateNeverGoesBack, new Story().Create().Progress(attempt: 1, step: 2, updated: 1).Progress(attempt: 1, step: 1, updated: 1));

    [Fact]
    public void Progress_of_an_earlier_attempt_is_found() => AssertBroken(
        Promise.StateNeverGoesBack, new Story().Create().Progress(attempt: 2, step: 1, updated: 1).Progress(attempt: 1, step: 2, updated: 1));

    [Fact]
    public void An_earlier_updated_time_is_found() =>
        AssertBroken(Promise.StateNeverGoesBack, new Story().Create().Get("working", updated: 2).Get("working", updated: 1));

    [Fact]
    public void A_stream_that_goes_back_is_found() => AssertBroken(
        Promise.StateNeverGoesBack, new Story().Create().Listen(Story.Ann, [Story.Handle], Story.Task("working", 2), Story.Task("working", 1)));

    [Fact]
    public void A_stream_that_lags_behind_an_answer_from_before_it_is_found() => AssertBroken(
        Promise.StateNeverGoesBack, new Story().Create().Get("working", updated: 2).Listen(Story.Ann, [Story.Handle], Story.Task("working", 1)));

    [Fact]
    public void A_result_of_another_job_is_found() => AssertBroken(Promise.ResultIsTheJobsOwn, new Story().Create().Completed($"{TokenText.Create(Story.Ann, 2)} steps 2 attempt 1"));

    [Fact]
    public void A_long_result_with_another_text_is_found() =>
        AssertBroken(Promise.ResultIsTheJobsOwn, new Story().Create("chaos_large", """{"length":5000}""").Completed("sha256:00:5000"));

    [Fact]
    public void A_job_that_should_have_failed_and_completed_is_found() => AssertBroken(Promise.ResultIsTheJobsOwn, new Story().Create("chaos_fail", "{}").Completed("done"));

    [Fact]
    public void A_job_that_fails_without_cause_is_found() =>
        AssertBroken(Promise.NoFailureWithoutCause, new Story().Create().Get("failed", ""","error":{"code":-32603,"message":"No attempt is left."}"""));

    [Fact]
    public void A_tool_that_a_crash_made_fail_is_found() => AssertBroken(Promise.NoFailureWithoutCause, new Story().Create()
        .Get("completed", ""","result":{"content":[{"type":"text","text":"An error occurred invoking 'chaos_steps'."}],"isError":true}"""));

    [Fact]
    public void A_job_that_nobody_cancelled_is_found() => AssertBroken(Promise.NoFailureWithoutCause, new Story().Create().Get("cancelled"));

    [Fact]
    public void An_effect_of_an_old_attempt_after_one_of_a_newer_is_found() => AssertBroken(
        Promise.AttemptsDoNotOverlap, new Story().Create().Effect("start", 1).Effect("start", 2).Effect("end", 1));

    [Fact]
    public void An_attempt_that_ran_twice_is_found() => AssertBroken(
        Promise.AttemptsDoNotOverlap, new Story().Create().Effect("start", 1).Effect("start", 1));

    [Fact]
    public void Effects_after_the_attempt_whose_result_stands_are_found() => AssertBroken(
        Promise.AttemptsDoNotOverlap, new Story().Create().Steps(1, 0, 2).Effect("start", 2, step: 2).Completed(attempt: 1));

    [Fact]
    public void A_result_of_an_attempt_that_did_not_end_is_found() => AssertBroken(
        Promise.AttemptsDoNotOverlap, new Story().Create().Steps(1, 0, 2, ends: false).Completed(attempt: 1));

    [Fact]
    public void Steps_out_of_order_are_found() => AssertBroken(
        Promise.AttemptsDoNotOverlap, new Story().Create().Effect("start").Effect("step", step: 1).Effect("step", step: 1));

    [Fact]
    public void A_checkpoint_that_was_acknowledged_and_lost_is_found() => AssertBroken(
        Promise.NoCheckpointIsLost, new Story().Create().Steps(attempt: 1, from: 0, to: 2, ends: false).Effect("start", attempt: 2, step: 0));

    [Fact]
    public void A_question_that_is_open_after_its_answer_was_acknowledged_is_found() => AssertBroken(
        Promise.AnsweredIsNotAskedAgain, new Story().Create("chaos_ask", """{"questions":1}""").Asks("input-1").Answer("input-1", "one").Asks("input-1"));

    [Fact]
    public void A_question_that_is_asked_under_a_new_key_is_found() => AssertBroken(
        Promise.AnsweredIsNotAskedAgain, new Story().Create("chaos_ask", """{"questions":1}""").Asks("input-1").Asks("input-2"));

    [Fact]
    public void A_key_that_stands_for_two_questions_is_found() => AssertBroken(
        Promise.AnsweredIsNotAskedAgain, new Story().Create("chaos_ask", """{"questions":2}""").Asks("input-1", 1).Asks("input-1", 2));

    [Fact]
    public void An_acknowledged_answer_that_a_later_one_replaced_is_found() => AssertBroken(Promise.AnswerReachesTheTool, new Story()
        .Create("chaos_ask", """{"questions":1}""").Asks("input-1").Answer("input-1", "one").Answer("input-1", "two").Effect("start").Effect("answer", step: 1, note: "two"));

    [Fact]
    public void An_answer_that_nobody_gave_is_found() => AssertBroken(Promise.AnswerReachesTheTool, new Story()
        .Create("chaos_ask", """{"questions":1}""").Asks("input-1").Answer("input-1", "one").Effect("start").Effect("answer", step: 1, note: "three"));

    [Fact]
    public void Two_answers_that_were_both_taken_are_found() => AssertBroken(Promise.AnswerReachesTheTool, new Story()
        .Create("chaos_ask", """{"questions":1}""").Asks("input-1").Responds("input-1", "one").Responds("input-1", "two").Effect("start").Effect("answer", step: 1, note: "one"));

    [Fact]
    public void An_answer_that_was_taken_and_is_not_the_tools_is_found() => AssertBroken(Promise.AnswerReachesTheTool, new Story()
        .Create("chaos_ask", """{"questions":1}""").Asks("input-1").Answer("input-1", "two", Outcome.TimedOut).Responds("input-1", "one").Effect("start").Effect("answer", step: 1, note: "two"));

    [Fact]
    public void Two_attempts_with_different_answers_are_found() => AssertBroken(Promise.AnswerReachesTheTool, new Story()
        .Create("chaos_ask", """{"questions":1}""").Asks("input-1")
        .Answer("input-1", "one", Outcome.Broken).Answer("input-1", "two")
        .Effect("start", 1).Effect("answer", 1, 1, "one").Effect("start", 2).Effect("answer", 2, 1, "two"));

    [Fact]
    public void A_cancel_that_left_no_trace_is_found() =>
        AssertBroken(Promise.CancelIsNotForgotten, new Story().Create().Cancel().Get("working").JobGet("running"));

    [Fact]
    public void An_attempt_that_starts_after_an_acknowledged_cancel_is_found() => AssertBroken(
        Promise.CancelIsNotForgotten, new Story().Create().Effect("start", 1).Cancel().After(TimeSpan.FromSeconds(8)).Effect("start", 2, heldMs: 0));

    [Fact]
    public void An_attempt_that_works_on_after_an_acknowledged_cancel_is_found() => AssertBroken(
        Promise.CancelIsNotForgotten, new Story().Create().Effect("start").Cancel().After(TimeSpan.FromMinutes(1)).Effect("step", step: 1));

    [Fact]
    public void Another_tenants_poll_that_is_answered_is_found() => AssertBroken(Promise.NobodyElseSeesIt, new Story().Create().Get("working", caller: Story.Eve));

    [Fact]
    public void Another_subjects_cancel_that_is_acknowledged_is_found() => AssertBroken(Promise.NobodyElseSeesIt, new Story().Create().Cancel(Story.Bob));

    [Fact]
    public void A_list_with_somebody_elses_job_is_found() =>
        AssertBroken(Promise.NobodyElseSeesIt, new Story().Create().JobList(Story.Bob, Story.Handle));

    [Fact]
    public void A_stream_that_follows_somebody_elses_job_is_found() =>
        AssertBroken(Promise.NobodyElseSeesIt, new Story().Create().Listen(Story.Eve, [Story.Handle]));

    [Fact]
    public void An_answer_with_somebody_elses_words_is_found() => AssertBroken(Promise.NobodyElseSeesIt, new Story().Call(
        "tools/call",
        Story.Result($$"""{"content":[{"type":"text","text":"{{Story.Token(Story.Eve)}} echo"}]}"""),
        tool: "chaos_echo",
        token: Story.Token()));

    [Fact]
    public void A_stream_with_somebody_elses_words_is_found() => AssertBroken(Promise.NobodyElseSeesIt, new Story().Create().Listen(
        Story.Ann, [Story.Handle], Story.Task("working") + $",\"statusMessage\":\"{Story.Token(Story.Eve)}\""));

    [Fact]
    public void A_job_that_runs_as_another_tenants_is_found() => AssertBroken(Promise.NobodyElseSeesIt, new Story().Create().Effect("start", tenant: "red"));

    [Fact]
    public void A_job_that_is_missing_from_a_list_is_found() => AssertBroken(Promise.ListHoldsEveryJob, new Story().Create().JobList(Story.Ann));

    [Theory]
    [InlineData(-32603, 200, "The server failed; look for 1234 in its log.")]
    [InlineData(-32600, 400, "The request is malformed.")]
    [InlineData(503, 200, "Try again.")]
    [InlineData(504, 200, "The call may or may not have run.")]
    [InlineData(503, 503, "Npgsql: the connection is broken")]
    [InlineData(503, 503, "System.TimeoutException: it took too long")]
    [InlineData(503, 503, "SELECT id FROM actors.jobs failed")]
    [InlineData(503, 503, "Failed.\n   at Actors.Grains.Jobs.JobGrain.GetAsync(Principal caller)")]
    [InlineData(503, 503, "Connection refused (127.0.0.1:5432)")]
    public void An_error_that_is_not_clear_is_found(int code, int status, string message) =>
        AssertBroken(Promise.ErrorsAreClear, new Story().Create().Error(code, status, message));

    [Fact]
    public void An_answer_that_is_not_json_is_found() => AssertBroken(Promise.ErrorsAreClear, new Story().Create().Call("tasks/get", null, handle: Story.Handle, status: 500));

    [Fact]
    public void A_short_tool_that_fails_is_found() => AssertBroken(Promise.ErrorsAreClear, new Story().Call(
        "tools/call", Story.Result("""{"content":[{"type":"text","text":"An error occurred invoking 'chaos_echo'."}],"isError":true}"""), tool: "chaos_echo"));

    private static void AssertBroken(Promise promise, Story story) => AssertBroken([promise], story);

    private static void AssertBroken(Promise[] promises, Story story)
    {
        Assert.Equal(promises.Order(), story.Broken.Order());
        // A finding that points at nothing helps nobody.
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
