using Actors.Fuzz.Tests.Requests;
using Actors.Fuzz.Tests.Target;
using Xunit;

namespace Actors.Fuzz.Tests;

/// <summary>
/// Altered messages of every revision, from two tenants and two subjects of one at the same time. Whatever comes, each answer is a
/// well-formed error or a correct result, the server stays up, and nobody sees what is another's.
/// </summary>
public sealed class FuzzTests(FuzzTarget target, ITestOutputHelper output)
{
    private const int AlteredPerRevision = 10_000;

    /// <summary>What the whole process may hold after a run, over what it held before: sessions, finished calls and jobs of the run included.</summary>
    private const long MaxGrowthBytes = 256L * 1024 * 1024;

    // Handles of one revision are tried in the next.
    private static readonly Handles Handles = new();

    [Theory]
    [InlineData(Revisions.V20241105)]
    [InlineData(Revisions.V20250326)]
    [InlineData(Revisions.V20250618)]
    [InlineData(Revisions.V20251125)]
    [InlineData(Revisions.V20260728)]
    public async Task Altered_messages_get_a_right_answer_and_leave_the_server_well(string revision)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = TimeProvider.System.GetTimestamp();
        var run = new FuzzRun(target, revision, Handles);

        await run.RunAsync(AlteredPerRevision, cancellationToken);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(
            $"{revision}: {run.Altered} altered messages, seed {FuzzRun.Seed}, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s; {run.Statuses}; memory {growth / 1024.0 / 1024:+0.0;-0.0} MiB; faults: {run.Kinds}");
        Assert.True(run.Faults.Count == 0, run.Kinds + "\n" + string.Join('\n', run.Faults.Select(fault => fault.Report)));
        Assert.True(target.Errors.Count == 0, "The server has logged errors:\n" + string.Join('\n', target.Errors.Distinct().Take(10)));
        Assert.True(await target.IsReadyAsync(cancellationToken), "The server is not ready any more.");
        Assert.True(growth < MaxGrowthBytes, $"{growth} bytes more are held than before the run.");
        foreach (var each in Revisions.All)
            await AnswersPlainCallsAsync(each, cancellationToken);
    }

    private async Task AnswersPlainCallsAsync(string revision, CancellationToken cancellationToken)
    {
        foreach (var caller in target.Callers)
        {
            var run = new FuzzRun(target, revision, Handles);
            var answer = await run.SendPlainAsync(draft => draft.Call("repeat", Corpus.Say(draft)), caller, cancellationToken);
            Assert.True(run.Faults.Count == 0, run.Kinds + "\n" + string.Join('\n', run.Faults.Select(fault => fault.Report)));
            Assert.Contains(caller.Marker, answer.Text, StringComparison.Ordinal);
        }
    }
}
