namespace Actors.Silo.FollowUps;

/// <summary>A webhook's name stands for an address that nothing is sent to.</summary>
internal sealed class ForbiddenAddressException() : Exception("The name stands for an address that is not of the public internet.");
