using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Tests;

public sealed class RecordFileTests
{
    [Fact]
    public async Task A_record_read_from_its_file_leads_to_the_same_findings()
    {
        var story = new Story().Create().Effect("start", 1).Effect("start", 1).Completed().Listen(Story.Ann, [Story.Handle], Story.Task("working", 1)).Final();
        var path = Path.GetTempFileName();
        try
        {
            await WriteAsync(story.History, path);

            var findings = Checker.HistoryCheck.Run(RecordFile.Read(path));

            Assert.Equal(story.Findings.Select(Text), findings.Select(Text));
            Assert.Equal([Promise.EveryJobEnds, Promise.StateNeverGoesBack, Promise.AttemptsDoNotOverlap], findings.Select(finding => finding.Promise).Distinct());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_hundred_thousand_requests_are_checked_in_seconds()
    {
        const int Requests = 100_000;
        var story = new Story().Create();
        for (var request = 0; request < Requests; request++)
            story.Get("working", updated: request);
        var since = TimeProvider.System.GetTimestamp();

        Assert.Empty(story.Findings);

        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static async Task WriteAsync(History history, string path)
    {
        await using var writer = new RecordWriter(path);
        foreach (var call in history.Calls)
            writer.Add(call);
        foreach (var message in history.Events)
            writer.Add(message);
        foreach (var effect in history.Effects)
            writer.Add(effect);
        foreach (var clock in history.Clocks)
            writer.Add(clock);
        writer.Add(history.Final!);
    }

    private static string Text(Violation violation) => $"{violation.Promise} {violation.Subject} {violation.What} {string.Join(',', violation.Calls)}";
}
