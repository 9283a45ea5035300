namespace Actors.Chaos.Driver.Faults;

/// <param name="Kind">What happens.</param>
/// <param name="Choice">Decides whom it happens to.</param>
/// <param name="Duration">Until it is made good.</param>
/// <param name="Peace">From then until the next.</param>
/// <param name="WithNext">The next one comes at the same time.</param>
internal sealed record PlannedFault(FaultKind Kind, int Choice, TimeSpan Duration, TimeSpan Peace, bool WithNext);
