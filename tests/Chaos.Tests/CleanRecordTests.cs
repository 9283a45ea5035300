using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Tests;

/// <summary>What a run may well contain is no finding: the checker cries for nothing that was not promised.</summary>
public sealed class CleanRecordTests
{
    [Fact]
    public void A_job_that_runs_answers_and_ends_passes() => AssertClean(new Story()
        .Create()
        .Progress(attempt: 1, step: 1, updated: 1)
        .Progress(attempt: 1, step: 2, updated: 2)
        .Steps(attempt: 1, from: 0, to: 2)
        .Completed()
        .JobGet("completed")
        .JobList(Story.Ann, Story.Handle)
        .Final()
        .Completed(via: Story.First)
        .Completed(via: Story.Second));

    [Fact]
    public void A_job_that_ran_again_after_a_crash_passes() => AssertClean(new Story()
        .Create()
        .Progress(attempt: 1, step: 2, updated: 2)
        .Steps(attempt: 1, from: 0, to: 2, ends: false)
        // Step 2 was made and its checkpoint not acknowledged: it may be made again.
        .Steps(attempt: 2, from: 1, to: 2)
        .Progress(attempt: 2, step: 1, updated: 3)
        .Effect("step", attempt: 1, step: 3, refused: true)
        .Completed(attempt: 2));

    [Fact]
    public void A_question_that_was_answered_in_doubt_and_again_passes() => AssertClean(new Story()
        .Create("chaos_ask", """{"questions":1}""")
        .Asks("input-1")
        .Answer("input-1", "one", Outcome.TimedOut)
        .Asks("input-1")
        .Answer("input-1", "two")
        .Effect("start").Effect("answer", step: 1, note: "one").Effect("end")
        .Completed($"{Story.Token()} answers one attempt 1"));

    [Fact]
    public void A_second_answer_that_is_told_so_passes() => AssertClean(new Story()
        .Create("chaos_ask", """{"questions":1}""")
        .Asks("input-1")
        .Responds("input-1", "one")
        .Responds("input-1", "two", isTaken: false)
        .Effect("start").Effect("answer", step: 1, note: "one").Effect("end")
        .Completed($"{Story.Token()} answers one attempt 1"));

    [Fact]
    public void A_cancelled_job_and_one_that_ended_first_pass()
    {
        AssertClean(new Story().Create().Effect("start").Cancel().Get("cancelled").JobGet("cancelled", cancel: "stopped"));
        AssertClean(new Story().Create().Steps(attempt: 1, from: 0, to: 2).Cancel().Completed().JobGet("completed"));
    }

    [Fact]
    public void An_attempt_of_a_process_that_was_stopped_may_say_late_that_it_starts() =>
        AssertClean(new Story().Create().Cancel().After(TimeSpan.FromSeconds(8)).Effect("start", heldMs: null).Get("cancelled"));

    [Fact]
    public void A_cancel_that_nobody_acknowledged_may_have_had_its_effect() =>
        AssertClean(new Story().Create().Cancel(outcome: Outcome.Broken).Get("cancelled"));

    [Fact]
    public void Answers_that_overlap_in_time_may_show_either_state() => AssertClean(new Story()
        .Create()
        .Progress(attempt: 1, step: 2, updated: 2)
        // Sent before the other's answer came.
        .Progress(attempt: 1, step: 1, updated: 1, startMs: 15));

    [Fact]
    public void A_stranger_who_is_told_that_there_is_no_such_job_passes() => AssertClean(new Story()
        .Create()
        .Unknown(Story.Eve)
        .Unknown(Story.Bob, "tasks/cancel")
        .Listen(Story.Eve, [])
        .JobList(Story.Eve));

    [Fact]
    public void Errors_that_say_try_again_or_look_first_pass() => AssertClean(new Story()
        .Create()
        .Error(503, 503, "The database is not available at the moment. Try again in a few seconds.")
        .Error(504, 200, "The call may or may not have run.", "tools/call", tool: "chaos_echo"));

    [Fact]
    public void A_stream_that_shows_each_state_after_the_other_passes() => AssertClean(new Story()
        .Create()
        .Listen(Story.Ann, [Story.Handle], Story.Task("working", 1), Story.Task("input_required", 2), Story.Task("working", 3)));

    private static void AssertClean(Story story) => Assert.Empty(story.Findings);
}
