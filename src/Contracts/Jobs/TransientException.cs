namespace Actors.Jobs;

/// <summary>
/// What a tool throws when trying again later makes sense: the job's next attempt runs after a delay, as long as it may have one. Its
/// message is shown to the job's owner.
/// </summary>
public sealed class TransientException : Exception
{
    public TransientException(string message)
        : base(message)
    {
    }

    public TransientException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>When the next attempt is to run, where the tool knows (a <c>Retry-After</c>, for instance); null: as its terms have it.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
