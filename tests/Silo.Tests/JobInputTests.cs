using Actors.Jobs;
using Actors.Silo.Tests.Pack;

namespace Actors.Silo.Tests;

public sealed class JobInputTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private TestSilo Silo => fixture.Silo;

    [Fact]
    public async Task A_question_makes_the_job_input_required_and_its_answer_reaches_the_tool()
    {
        var job = await AskingAsync(Ask.Tool("ask_one"), 1);
        Assert.Equal(("input-1", "elicitation/create"), (job.InputRequests[0].Key, job.InputRequests[0].Method));
        var answered = await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal(["input-1"], answered!.Accepted);
        Assert.Empty(answered.Job.InputRequests);
        Assert.Equal("Hello, Ann!", Ask.Text((await Silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task A_declined_question_reaches_the_tool_as_declined()
    {
        var job = await AskingAsync(Ask.Tool("ask_one"), 1);
        await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [new InputResponse("input-1", Ask.Json(new { action = "decline" }))]);
        Assert.Equal("Hello, decline!", Ask.Text((await Silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task Two_open_questions_are_answered_one_by_one_and_the_job_waits_for_both()
    {
        var job = await AskingAsync(Ask.Tool("ask_two"), 2);
        var partly = await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-2", "city", "Rome")]);
        Assert.Equal(JobStatus.InputRequired, partly!.Job.Status);
        Assert.Equal(["input-1"], partly.Job.InputRequests.Select(q => q.Key));
        var wholly = await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal(["input-1"], wholly!.Accepted);
        Assert.Equal("Ann of Rome", Ask.Text((await Silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task Unknown_and_answered_keys_are_ignored_and_reported()
    {
        var job = await AskingAsync(Ask.Tool("ask_two"), 2);
        await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        var again = await Silo.Job(job.Id).AnswerAsync(
            Ask.Ann, [Ask.Accept("input-1", "name", "Bob"), new InputResponse("nonsense", "{\"ignored\":true}"u8.ToArray())]);
        Assert.Empty(again!.Accepted);
        Assert.Equal(["input-1", "nonsense"], again.Ignored);
        await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-2", "city", "Rome")]);
        Assert.Equal("Ann of Rome", Ask.Text((await Silo.EndOfAsync(job.Id)).Result));
        var late = await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Bob")]);
        Assert.Equal(["input-1"], late!.Ignored);
    }

    [Fact]
    public async Task An_answer_of_the_wrong_form_is_refused_and_the_question_stays()
    {
        var job = await AskingAsync(Ask.Tool("ask_one"), 1);
        var refused = await Assert.ThrowsAsync<JobRefusedException>(
            () => Silo.Job(job.Id).AnswerAsync(Ask.Ann, [new InputResponse("input-1", "12345"u8.ToArray())]));
        Assert.Equal(-32602, refused.Error.Code);
        Assert.Equal(JobStatus.InputRequired, (await Silo.Job(job.Id).GetAsync(Ask.Ann))!.Status);
        await Silo.Job(job.Id).CancelAsync(Ask.Ann, null);
    }

    [Fact]
    public async Task An_answer_past_the_limit_is_refused()
    {
        var job = await AskingAsync(Ask.Tool("ask_one"), 1);
        await Assert.ThrowsAsync<JobRefusedException>(() => Silo.Job(job.Id).AnswerAsync(
            Ask.Ann, [Ask.Accept("input-1", "name", new string('x', SiloFixture.MaxAnswerBytes))]));
        await Silo.Job(job.Id).CancelAsync(Ask.Ann, null);
    }

    [Fact]
    public async Task As_many_questions_as_the_limit_are_asked_and_one_more_is_refused_to_the_tool()
    {
        Assert.False(Ask.IsError((await AnsweredAsync(SiloFixture.MaxQuestions)).Result));
        Assert.True(Ask.IsError((await AnsweredAsync(SiloFixture.MaxQuestions + 1)).Result));
    }

    [Fact]
    public async Task A_question_past_the_size_limit_is_refused_to_the_tool()
    {
        await AskingAsync(Ask.Tool("ask_many", new { times = 1, bytes = SiloFixture.MaxQuestionBytes / 4 }), 1);
        Assert.True(Ask.IsError((await Silo.RunAsync(Ask.Tool("ask_many", new { times = 1, bytes = SiloFixture.MaxQuestionBytes }))).Result));
    }

    [Fact]
    public async Task A_tool_of_its_own_rounds_is_called_again_and_no_key_is_used_twice()
    {
        var job = await AskingAsync(Ask.Tool("named_rounds"), 1);
        Assert.Equal("name", job.InputRequests[0].Key);
        await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("name", "name", "Ann")]);
        var second = await Silo.UntilAsync(job.Id, j => j.InputRequests.Any(q => q.Key == "name-2"));
        Assert.Single(second.InputRequests);
        await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("name-2", "name", "Bob")]);
        Assert.Equal("second:Ann+Bob", Ask.Text((await Silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task A_tool_that_wants_one_round_after_another_is_ended()
    {
        var done = await Silo.RunAsync(Ask.Tool("endless_rounds"));
        Assert.Equal((JobStatus.Failed, -32603), (done.Status, done.Error!.Code));
        Assert.Contains($"in {SiloFixture.MaxRoundsPerAttempt} rounds", done.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_without_elicitation_is_not_asked_and_the_job_fails_with_what_is_missing()
    {
        var done = await Silo.RunAsync(Ask.Tool("ask_one", capabilities: "{}"));
        Assert.Equal((JobStatus.Failed, -32021), (done.Status, done.Error!.Code));
        Assert.Equal("""{"requiredCapabilities":{"elicitation":{"form":{}}}}""", System.Text.Encoding.UTF8.GetString(done.Error.Data!));
    }

    [Fact]
    public async Task A_client_that_answers_through_the_job_tools_is_asked_whatever_it_declared()
    {
        var job = await AskingAsync(Ask.Tool("ask_one", capabilities: "{}") with { AnswersThroughJobTools = true }, 1);
        await Silo.Job(job.Id).AnswerAsync(Ask.Ann, [Ask.Accept("input-1", "name", "Ann")]);
        Assert.Equal("Hello, Ann!", Ask.Text((await Silo.EndOfAsync(job.Id)).Result));
    }

    [Fact]
    public async Task A_call_that_became_a_job_meets_the_answers_it_was_given_before()
    {
        var inline = await Silo.CallAsync(Ask.Tool("on_demand", new { gate = "input-1" }));
        Assert.Equal("input-1", Assert.Single(inline.InputRequests).Key);
        var answered = inline.Exchanges.SetItem(0, inline.Exchanges[0] with { Answer = Ask.Accept("", "name", "Ann").Result });
        var becomes = await Silo.CallAsync(Ask.Tool("on_demand", new { gate = "input-1" }) with { Exchanges = answered });
        Assert.Equal(Actors.Tools.PrimitiveOutcomeKind.BecomesJob, becomes.Kind);
        var job = await Silo.CreateAsync(Ask.Tool("on_demand", new { gate = "input-1" }) with { Exchanges = becomes.Exchanges });
        Gates.Open("input-1");
        Assert.Equal("Ann in a job, attempt 1", Ask.Text((await Silo.EndOfAsync(job.Id)).Result));
    }

    private async Task<JobSnapshot> AnsweredAsync(int times)
    {
        var job = await AskingAsync(Ask.Tool("ask_many", new { times, bytes = 1 }), SiloFixture.MaxQuestions);
        await Silo.Job(job.Id).AnswerAsync(
            Ask.Ann, [.. job.InputRequests.Select(q => new InputResponse(q.Key, Ask.Json(new { action = "decline" })))]);
        return await Silo.EndOfAsync(job.Id);
    }

    private async Task<JobSnapshot> AskingAsync(Actors.Tools.PrimitiveCall call, int questions)
    {
        var created = await Silo.CreateAsync(call);
        return await Silo.UntilAsync(created.Id, job => job.InputRequests.Length == questions);
    }
}
