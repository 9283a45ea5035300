namespace Orleans.Configuration;

/// <summary>How silos watch each other.</summary>
public class ClusterMembershipOptions
{
    /// <summary>So many missed signs of life in the table make a row stale. Default: 3.</summary>
    public int NumMissedTableIAmAliveLimit { get; set; } = 3;

    /// <summary>Whether silos that do not answer are declared dead. Default: true.</summary>
    public bool LivenessEnabled { get; set; } = true;

    /// <summary>How often a silo is probed, and how long it has to answer. Default: 5 s.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the table is read without a reason. Default: 1 minute.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a vote counts. Default: 2 minutes.</summary>
    public TimeSpan DeathVoteExpirationTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a silo writes that it lives. Default: 30 s.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a silo tries to reach an active one before it gives up joining. Default: 5 minutes.</summary>
    public TimeSpan MaxJoinAttemptTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether changes of the table are told to the others at once. Default: true.</summary>
    public bool UseLivenessGossip { get; set; } = true;

    /// <summary>How many others each silo watches. Default: 10.</summary>
    public int NumProbedSilos { get; set; } = 10;

    /// <summary>So many missed probes in a row are a vote. Default: 3.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>So many votes are a death; fewer where half of the silos are fewer. Default: 2.</summary>
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>How long the rows of dead silos are kept. Default: 7 days.</summary>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often they are removed; null for never. Default: 1 hour.</summary>
    public TimeSpan? DefunctSiloCleanupPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many of them are kept at most; null for any number. Default: 25.</summary>
    public int? MaxDefunctSiloEntries { get; set; } = 25;
}
