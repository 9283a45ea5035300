using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Storage.FollowUps;

/// <summary>Something that is still to be done about a job that has ended.</summary>
/// <param name="Job">The job that ended.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Owner">Whose it is, and what follows will be.</param>
/// <param name="Id">The handle of the job to make, or the message's id: the same at every try.</param>
/// <param name="Labels">The ended job's, or null.</param>
/// <param name="Wanted">UTF-8 JSON, as the frontend checked it.</param>
/// <param name="Tries">How often it was tried before.</param>
/// <param name="CreatedAt">When the job ended.</param>
public sealed record FollowUp(
    JobKey Job, FollowUpKind Kind, Principal Owner, Guid Id, string? Labels, byte[] Wanted, int Tries, DateTimeOffset CreatedAt);
