using Orleans;

namespace Actors.Jobs;

/// <summary>Who answered a question, when, and in which way.</summary>
/// <param name="Issuer">Who vouches for the subject; empty where Actors itself answered.</param>
/// <param name="Subject">The principal's subject; <c>actors</c> where a question's time was over.</param>
/// <param name="Client">The credential that was used.</param>
/// <param name="At">When the answer was taken.</param>
/// <param name="Through">The way it came.</param>
[GenerateSerializer, Immutable, Alias("actors.answer-origin")]
public sealed record AnswerOrigin(
    [property: Id(0)] string Issuer,
    [property: Id(1)] string Subject,
    [property: Id(2)] string Client,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] AnswerChannel Through);
