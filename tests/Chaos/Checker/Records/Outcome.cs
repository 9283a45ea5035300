namespace Actors.Chaos.Checker.Records;

/// <summary>What a client knows of its request.</summary>
public enum Outcome
{
    /// <summary>A whole answer arrived.</summary>
    Answered,

    /// <summary>Nobody listened: the request had no effect.</summary>
    NotConnected,

    /// <summary>The connection broke: the request may have had its effect or not.</summary>
    Broken,

    /// <summary>The client gave up waiting: the request may have had its effect or not.</summary>
    TimedOut,

    /// <summary>The run ended first.</summary>
    Abandoned,
}
