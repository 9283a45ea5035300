namespace Actors.Fuzz.Tests.Checks;

/// <summary>Everything that has to hold of an answer.</summary>
internal static class AnswerCheck
{
    private static readonly Func<Exchange, IEnumerable<string>>[] All =
        [StatusCheck.Find, ShapeCheck.Find, WordsCheck.Find, SecrecyCheck.Find, OwnershipCheck.Find, SuccessCheck.Find];

    public static IReadOnlyList<string> Find(Exchange exchange) => [.. All.SelectMany(check => check(exchange)).Distinct()];
}
