namespace Actors.Storage.Sessions;

/// <summary>What is stored of a session; null before it has begun and after it has ended.</summary>
public sealed class SessionState
{
    public SessionRow? Row { get; set; }
}
