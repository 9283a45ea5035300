using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Everything an attempt starts from.</summary>
/// <param name="Row">The job as stored: arguments, attempt number, checkpoint.</param>
/// <param name="Terms">What the tool declared.</param>
public sealed record JobAttempt(JobRow Row, JobAttribute Terms)
{
    public JobKey Key => new(Row.Owner.Tenant, Row.Id);
}
