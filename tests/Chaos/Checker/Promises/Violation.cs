using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Promises;

/// <summary>A promise that the record shows to be broken.</summary>
/// <param name="Promise">Which one.</param>
/// <param name="Subject">The job's handle, or who called.</param>
/// <param name="What">What was seen, in a sentence.</param>
/// <param name="Calls">The requests that show it, by <see cref="CallRecord.Id"/>.</param>
public sealed record Violation(Promise Promise, string Subject, string What, params IReadOnlyList<long> Calls);
