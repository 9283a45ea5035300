namespace Actors.Frontend.JobTools.Schedules;

/// <summary>What a schedule may be called: it is typed by models, and becomes a label of its jobs.</summary>
internal static class ScheduleName
{
    private const int MaxLength = 64;

    /// <exception cref="JobToolMistakeException">It may not be called that.</exception>
    public static string Check(string name) =>
        name.Length is > 0 and <= MaxLength && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? name
            : throw new JobToolMistakeException($"The argument name must be 1 to {MaxLength} letters, digits, '-', '_' or '.'.");
}
