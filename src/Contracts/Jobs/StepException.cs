namespace Actors.Jobs;

/// <summary>
/// A step that cannot be: its name is malformed or used twice, its stored result is of another type than is asked for, or it is over a
/// limit. Running the tool again would not help, so a job that does not catch it fails without another attempt.
/// </summary>
public sealed class StepException : Exception
{
    public StepException(string message)
        : base(message)
    {
    }

    public StepException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
