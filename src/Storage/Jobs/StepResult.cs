using Orleans;

namespace Actors.Storage.Jobs;

/// <summary>What a step of a job came to.</summary>
/// <param name="Name">Unique within the job.</param>
/// <param name="Seq">The how many-th of the job's steps it was to end.</param>
/// <param name="Shape">The type it was stored as: its name and the shape of its JSON.</param>
/// <param name="Result">UTF-8 JSON.</param>
[GenerateSerializer, Immutable, Alias("actors.step-result")]
public sealed record StepResult(
    [property: Id(0)] string Name, [property: Id(1)] int Seq, [property: Id(2)] string Shape, [property: Id(3)] byte[] Result);
