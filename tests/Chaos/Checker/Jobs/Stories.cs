using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>A record taken apart by jobs.</summary>
internal sealed class Stories
{
    private readonly Dictionary<string, JobStory> _jobs = new(StringComparer.Ordinal);

    public Stories(History history)
    {
        History = history;
        foreach (var call in history.Calls)
        {
            if (call.Outcome is Outcome.Answered && Answer.Created(call) is { } handle)
                _jobs.TryAdd(handle, new JobStory(call, handle));
        }

        AddCalls();
        AddStreams();
        foreach (var effect in history.Effects.OrderBy(effect => effect.Seq))
            Find(effect.Job)?.Effects.Add(effect);
        Clock = new DatabaseClock(history.Clocks);
    }

    public History History { get; }

    public DatabaseClock Clock { get; }

    public IReadOnlyCollection<JobStory> Jobs => _jobs.Values;

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
