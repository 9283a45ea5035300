namespace Actors.Bench.Driver.Cluster;

/// <summary>A job's handle, when it was asked for, and when the handle was there, by the machine's monotonic clock.</summary>
internal sealed record CreatedJob(string Id, long Sent, long Acknowledged);
