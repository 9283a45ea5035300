using System.Globalization;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// An answer that started after another had ended does not show less than that one. Within a stream each message shows at least
/// what the one before it showed.
/// </summary>
internal sealed class Order : ICheck
{
    public IEnumerable<Violation> Run(Stories stories) => stories.Jobs.SelectMany(job => Between(job).Concat(job.Streams.SelectMany(Within)));

    private static IEnumerable<Violation> Between(JobStory job)
    {
        var byEnd = job.AllSightings.OrderBy(seen => seen.EndMs).ToList();
        var known = new Known();
        var ended = 0;
        foreach (var seen in job.AllSightings.OrderBy(seen => seen.StartMs))
        {
            for (; ended < byEnd.Count && byEnd[ended].EndMs < seen.StartMs; ended++)
                known.Add(byEnd[ended]);
            foreach (var violation in known.Compare(seen))
                yield return violation;
        }
    }

    private static IEnumerable<Violation> Within(List<Sighting> stream)
    {
        var known = new Known();
        foreach (var seen in stream)
        {
            foreach (var violation in known.Compare(seen))
                yield return violation;
            known.Add(seen);
        }
    }

    /// <summary>The most that was seen so far, by each measure.</summary>
    private sealed class Known
    {
        private Sighting? _terminal;
        private Sighting? _started;
        private Sighting? _created;
        private Sighting? _updated;
        private Sighting? _attempt;
        private Sighting? _progress;

        public void Add(Sighting seen)
        {
            if (seen.IsTerminal)
                _terminal ??= seen;
            if (seen.CreatedAt is not null)
                _created ??= seen;
            if (seen.Attempt > 0 || seen.Progress is not null || seen.Phase is JobPhase.InputRequired)
                _started ??= seen;
            if (seen.UpdatedAt > (_updated?.UpdatedAt ?? DateTimeOffset.MinValue))
                _updated = seen;
            if (seen.Attempt > (_attempt?.Attempt ?? -1))
                _attempt = seen;
            if (seen.Progress is { } progress && (_progress?.Progress is not { } most || progress.CompareTo(most) > 0))
                _progress = seen;
        }

        public IEnumerable<Violation> Compare(Sighting seen)
        {
            if (_terminal is not null && !seen.IsTerminal)
                yield return Back(_terminal, seen, $"was {_terminal.Phase}, and then {seen.Phase}");
            if (_started is not null && seen is { Phase: JobPhase.Queued, Attempt: 0 })
                yield return Back(_started, seen, "had started, and then waits for its first attempt");
            if (_created is not null && seen.CreatedAt is { } created && created != _created.CreatedAt)
                yield return Back(_created, seen, $"was created at {_created.CreatedAt:O}, and then at {created:O}");
            if (_updated is not null && seen.UpdatedAt < _updated.UpdatedAt)
                yield return Back(_updated, seen, $"was updated at {_updated.UpdatedAt:O}, and then at {seen.UpdatedAt:O}");
            if (_attempt is not null && seen.Attempt < _attempt.Attempt)
                yield return Back(_attempt, seen, string.Create(CultureInfo.InvariantCulture, $"was at attempt {_attempt.Attempt}, and then at {seen.Attempt}"));
            if (_progress?.Progress is { } most && seen.Progress is { } progress && progress.CompareTo(most) < 0)
                yield return Back(_progress, seen, $"had come to {Text(most)}, and then to {Text(progress)}");
        }

        private static Violation Back(Sighting before, Sighting after, string what) =>
            new(Promise.StateNeverGoesBack, after.Handle, string.Create(CultureInfo.InvariantCulture, $"{what} ({before.EndMs:0} and {after.EndMs:0} ms)"), before.Call, after.Call);

        private static string Text((int Attempt, double Progress) progress) =>
            string.Create(CultureInfo.InvariantCulture, $"step {progress.Progress} of attempt {progress.Attempt}");
    }
}
