using System.Text.Json;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>All that a run recorded of one acknowledged job.</summary>
internal sealed class JobStory(CallRecord create, string handle)
{
    public string Handle => handle;

    /// <summary>The request whose answer brought the handle.</summary>
    public CallRecord Create => create;

    public string Owner => create.Caller;

    public string Token => create.Token ?? "";

    public string Tool => create.Tool ?? "";

    /// <summary>What answers showed, in no order.</summary>
    public List<Sighting> Sightings { get; } = [];

    /// <summary>What each stream showed, in the order of arrival.</summary>
    public List<List<Sighting>> Streams { get; } = [];

    /// <summary>By the order in which they were written.</summary>
    public List<EffectRecord> Effects { get; } = [];

    /// <summary>The owner's requests that name the handle, whatever came of them.</summary>
    public List<CallRecord> Calls { get; } = [];

    public IEnumerable<Sighting> AllSightings => Sightings.Concat(Streams.SelectMany(stream => stream));

    public IEnumerable<CallRecord> Cancels => Calls.Where(call => call.Method == "tasks/cancel");

    public IEnumerable<CallRecord> Answers => Calls.Where(call => call.Method == "tasks/update" || call.Tool == "job_respond");

    public int? Argument(string name) => Answer.Member(create.Sent, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
}
