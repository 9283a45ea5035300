using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;

namespace Actors.Grains.Tests;

public sealed class JobMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    // The whole table, written down a second time on purpose: 36 pairs, these legal, all others not.
    private static readonly HashSet<(JobStatus, JobStatus)> Legal =
    [
        (JobStatus.Queued, JobStatus.Running),
        (JobStatus.Queued, JobStatus.Failed),
        (JobStatus.Queued, JobStatus.Cancelled),
        (JobStatus.Running, JobStatus.Queued),
        (JobStatus.Running, JobStatus.InputRequired),
        (JobStatus.Running, JobStatus.Completed),
        (JobStatus.Running, JobStatus.Failed),
        (JobStatus.Running, JobStatus.Cancelled),
        (JobStatus.InputRequired, JobStatus.Queued),
        (JobStatus.InputRequired, JobStatus.Running),
        (JobStatus.InputRequired, JobStatus.Completed),
        (JobStatus.InputRequired, JobStatus.Failed),
        (JobStatus.InputRequired, JobStatus.Cancelled),
    ];

    public static TheoryData<JobStatus, JobStatus> Pairs()
    {
        var pairs = new TheoryData<JobStatus, JobStatus>();
        foreach (var from in Enum.GetValues<JobStatus>())
        {
            foreach (var to in Enum.GetValues<JobStatus>())
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Fact]
    public void There_are_36_pairs() => Assert.Equal(36, Pairs().Count);

    [Theory, MemberData(nameof(Pairs))]
    public void A_move_is_made_if_and_only_if_the_table_has_it(JobStatus from, JobStatus to)
    {
        if (Legal.Contains((from, to)))
        {
            Assert.Equal(to, JobMachine.Move(Row(from), to, Now).Status);
            return;
        }

        var refused = Assert.Throws<IllegalJobMoveException>(() => JobMachine.Move(Row(from), to, Now));
        Assert.Equal((from, to), (refused.From, refused.To));
    }

    [Theory, MemberData(nameof(Pairs))]
    public void A_terminal_status_never_changes(JobStatus from, JobStatus to) =>
        Assert.False(from is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled && JobMachine.MayMove(from, to));

    [Fact]
    public void A_first_start_is_dated_once_and_an_end_when_it_comes()
    {
        var started = JobMachine.Move(Row(JobStatus.Queued), JobStatus.Running, Now);
        var asked = JobMachine.Move(started, JobStatus.InputRequired, Now.AddSeconds(1));
        var resumed = JobMachine.Move(asked, JobStatus.Running, Now.AddSeconds(2));
        Assert.Equal(Now, resumed.StartedAt);
        Assert.Null(resumed.EndedAt);
        Assert.Equal(Now.AddSeconds(3), JobMachine.Move(resumed, JobStatus.Completed, Now.AddSeconds(3)).EndedAt);
    }

    private static JobRow Row(JobStatus status) => new()
    {
        Id = JobKey.NewId(),
        Owner = new Principal("acme", "actors", "ann", "key-1"),
        Tool = "tool",
        Params = "{}"u8.ToArray(),
        ProtocolVersion = "2026-07-28",
        ClientCapabilities = "{}"u8.ToArray(),
        CreatedAt = Now,
        RunAt = Now,
        UpdatedAt = Now,
        Status = status,
    };
}
