namespace Actors.KnowledgeBase.Search;

/// <summary>A question as Postgres reads it.</summary>
/// <param name="Strict">Every word of it, and every operator: quotes, OR and minus.</param>
/// <param name="Filter">
/// What a section must match at least: one of the words, for a plain question in words of which no section has all;
/// <paramref name="Strict"/>, for one with operators.
/// </param>
/// <param name="Terms">The stems that count, each as a query of its own.</param>
/// <param name="Weights">What each stem is worth: the rarer in this tenant's sections, the more.</param>
internal sealed record SearchTerms(string Strict, string Filter, string[] Terms, double[] Weights);
