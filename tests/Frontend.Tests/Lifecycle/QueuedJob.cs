namespace Actors.Frontend.Tests.Lifecycle;

/// <param name="Id">The handle.</param>
/// <param name="Token">What its tool knows it by.</param>
/// <param name="Priority">The higher ones start first.</param>
/// <param name="StartAt">Not before.</param>
internal sealed record QueuedJob(string Id, string Token, int Priority, DateTimeOffset StartAt);
