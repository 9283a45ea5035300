using System.Text.Json;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>All that a run recorded of one acknowledged job.</summary>
/// <param name="create">The request whose answer brought the handle first.</param>
/// <param name="handle">The handle.</param>
/// <param name="tried">Null, or the job that this one tries again, or one that was tried again before.</param>
internal sealed class JobStory(CallRecord create, string handle, JobStory? tried = null)
{
    private readonly CallRecord _call = tried?._call ?? create;

    public string Handle => handle;

    /// <summary>The request whose answer brought the handle.</summary>
    public CallRecord Create => create;

    public string Owner => create.Caller;

    /// <summary>Whether it tries another one again.</summary>
    public bool IsRetry => tried is not null;

    public string Token => _call.Token ?? "";

    public string Tool => _call.Tool ?? "";

    public bool WantsWebhook => _call.WantsWebhook == true;

    public JsonElement? Then => _call.Then;

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

    public int? Argument(string name) => Answer.Member(_call.Sent, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
}
