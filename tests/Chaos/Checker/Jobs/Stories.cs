using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>A record taken apart by jobs.</summary>
internal sealed class Stories
{
    private readonly Dictionary<string, JobStory> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _families = new(StringComparer.Ordinal);
    private readonly ILookup<string, EffectRecord> _effectsOf;

    public Stories(History history)
    {
        History = history;
        foreach (var call in history.Calls)
        {
            if (call.Outcome is Outcome.Answered && Answer.Created(call) is { } handle)
                _jobs.TryAdd(handle, new JobStory(call, handle));
        }

        foreach (var call in history.Calls.Where(call => call.Tool == "job_retry").OrderBy(call => call.EndMs))
        {
            if (Answer.Retried(call) is { } again && call.Handle is { } named && Find(named) is { } tried)
                _jobs.TryAdd(again, new JobStory(call, again, tried));
        }

        AddCalls();
        AddStreams();
        var effects = history.Effects.OrderBy(effect => effect.Seq).ToList();
        foreach (var effect in effects)
        {
            Find(effect.Job)?.Effects.Add(effect);
            _families[effect.Job] = effect.Family ?? effect.Job;
        }

        _effectsOf = effects.ToLookup(effect => effect.Family ?? effect.Job);
        Clock = new DatabaseClock(history.Clocks);
    }

    public History History { get; }

    public DatabaseClock Clock { get; }

    public IReadOnlyCollection<JobStory> Jobs => _jobs.Values;

    /// <summary>The effects of a job, and of all that try it again by hand, by the order in which they were written.</summary>
    public IEnumerable<EffectRecord> FamilyOf(JobStory job) => _effectsOf[_families.GetValueOrDefault(job.Handle, job.Handle)];

    public JobStory? Find(string handle) => _jobs.GetValueOrDefault(handle);

    private void AddCalls()
    {
        foreach (var call in History.Calls)
        {
            if (call.Handle is { } named && Find(named) is { } job && job.Owner == call.Caller)
                job.Calls.Add(call);
            foreach (var sighting in SightingReader.Read(call))
                Find(sighting.Handle)?.Sightings.Add(sighting);
        }
    }

    private void AddStreams()
    {
        var listens = History.Calls.Where(call => call.Method == "subscriptions/listen").ToDictionary(call => call.Id);
        foreach (var stream in History.Events.GroupBy(message => message.Stream))
        {
            if (!listens.TryGetValue(stream.Key, out var listen))
                continue;
            var seen = stream.OrderBy(message => message.AtMs).Select(message => SightingReader.Read(message, listen)).OfType<Sighting>();
            foreach (var job in seen.GroupBy(sighting => sighting.Handle))
                Find(job.Key)?.Streams.Add([.. job]);
        }
    }
}
