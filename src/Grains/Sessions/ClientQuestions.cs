using Actors.Sessions;

namespace Actors.Grains.Sessions;

/// <summary>The questions that a session's short calls wait for, by the ids of the requests that carry them.</summary>
internal sealed class ClientQuestions
{
    private readonly Dictionary<string, TaskCompletionSource<ClientAnswer>> _waiting = new(StringComparer.Ordinal);
    private long _asked;

    /// <summary>A question's id, and what completes with its answer.</summary>
    public (string RequestId, Task<ClientAnswer> Answer) Add(long stream)
    {
        var id = $"c{stream}.{++_asked}";
        var answer = new TaskCompletionSource<ClientAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(id, answer);
        return (id, answer.Task);
    }

    public bool Answer(string requestId, ClientAnswer answer) =>
        _waiting.Remove(requestId, out var waiting) && waiting.TrySetResult(answer);

    public void Forget(string requestId) => _waiting.Remove(requestId);
}
