namespace Actors.Storage.Schedules;

/// <summary>What becomes of due times that nobody was there to start. The values are stored: never renumber them.</summary>
public enum CatchUp
{
    /// <summary>One run makes up for all of them.</summary>
    One = 0,

    /// <summary>They are left out.</summary>
    Skip = 1,

    /// <summary>Each has its run, one after the other; of too many, the latest.</summary>
    All = 2,
}
