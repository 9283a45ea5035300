using Actors.Jobs;

namespace Actors.Silo.Calls;

/// <summary>The names of the steps that one execution of a tool has begun: each may be begun once.</summary>
internal sealed class StepNames
{
    private const int MaxLength = 128;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    /// <exception cref="StepException">Malformed, or begun before.</exception>
    public void Begin(string name)
    {
        if (name.Length is 0 or > MaxLength || !name.All(IsAllowed))
        {
            throw new StepException($"'{name}' is no name for a step: it takes 1 to {MaxLength} letters, digits, and the signs . _ - / :");
        }

        lock (_lock)
        {
            if (!_begun.Add(name))
            {
                throw new StepException(
                    $"The step '{name}' was begun before in this execution: each step of a job has a name of its own (in a loop, with the number of the round).");
            }
        }
    }

    private static bool IsAllowed(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_' or '-' or '/' or ':';
}
