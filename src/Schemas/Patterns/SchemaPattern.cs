using System.Text.RegularExpressions;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;
using Actors.Schemas.Keywords;

namespace Actors.Schemas.Patterns;

/// <summary>A regular expression of a schema: without backtracking where .NET can do that, and never without an end.</summary>
internal sealed class SchemaPattern
{
    private const RegexOptions Common = RegexOptions.CultureInvariant;

    private readonly Regex _regex;
    private readonly string _location;

    private SchemaPattern(string source, Regex regex, string location)
    {
        Source = source;
        _regex = regex;
        _location = location;
    }

    public string Source { get; }

    /// <exception cref="SchemaFaultException">It is none, or one that .NET cannot match.</exception>
    public static SchemaPattern Compile(string source, KeywordPlace place, SchemaLimits limits)
    {
        if (source.Length > limits.MaxPatternLength)
            throw new SchemaFaultException(place.Location, $"the regular expression is longer than {limits.MaxPatternLength} characters.");
        try
        {
            return new SchemaPattern(source, Build(EcmaPattern.Translate(source), limits.RegexTimeout), place.Location);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new SchemaFaultException(place.Location, $"the regular expression {Found.Cut(source, 120)} cannot be used: {exception.Message}");
        }
    }

    /// <exception cref="SchemaLimitException">The patterns of this validation took too long.</exception>
    public bool IsMatch(ReadOnlySpan<char> text, SchemaEvaluation evaluation)
    {
        evaluation.StepBytes(text.Length);
        // The machine's clock, as the match's own timeout has it.
        var started = TimeProvider.System.GetTimestamp();
        bool isMatch;
        try
        {
            isMatch = _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TookTooLong(evaluation);
        }
        evaluation.PatternTime += TimeProvider.System.GetElapsedTime(started);
        return evaluation.PatternTime <= evaluation.Limits.RegexTimeout ? isMatch : throw TookTooLong(evaluation);
    }

    private SchemaLimitException TookTooLong(SchemaEvaluation evaluation) => new(
        $"its regular expressions took more than {evaluation.Limits.RegexTimeout.TotalMilliseconds} ms, {Found.Cut(Source, 80)} the last.", _location);

    private static Regex Build(string pattern, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, Common | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            // It looks around or back.
            return new Regex(pattern, Common, timeout);
        }
    }
}
