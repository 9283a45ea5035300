using Actors.Fuzz.Tests.Requests;
using Actors.Fuzz.Tests.Target;
using Actors.Fuzz.Tests.Wire;

namespace Actors.Fuzz.Tests.Checks;

/// <summary>A request, its answer, and what has to be known to judge it.</summary>
internal sealed record Exchange(Shot Shot, Answer Answer, Handles Handles, IReadOnlyList<Caller> Callers, IReadOnlyList<string> Secrets)
{
    public Sent Sent { get; } = Sent.Read(Shot);

    /// <summary>The JSON texts of the answer, however it was sent.</summary>
    public IReadOnlyList<string> Messages { get; } = Answer.IsStream
        ? [.. Events.Of(Answer.Text).Select(each => each.Data).Where(data => data is { Length: > 0 }).Select(data => data!)]
        : Answer.Body.Length > 0 ? [Answer.Text] : [];
}
