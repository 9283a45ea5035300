using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>One silo's word that another does not answer. It counts until it expires.</summary>
internal readonly record struct DeathVote(SiloAddress Voter, DateTimeOffset CastAt);
