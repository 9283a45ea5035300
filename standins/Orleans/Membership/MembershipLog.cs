using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>The log lines of the membership.</summary>
internal sealed partial class MembershipLog(ILogger<MembershipLog> logger)
{
    [LoggerMessage(Level = LogLevel.Information, Message = "This silo, {Silo}, is {Status} in the membership table")]
    public partial void Became(SiloAddress silo, SiloStatus status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The membership table could not be told that {Silo} is {Status}; the others will find out")]
    public partial void CouldNotTell(Exception exception, SiloAddress silo, SiloStatus status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Peer} is {Status}, table version {Version}")]
    public partial void PeerBecame(SiloAddress peer, SiloStatus status, MembershipVersion version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's tables could not be {Verb}; this process goes on with what it knows. Next attempt in {Delay}")]
    public partial void TableAway(Exception exception, string verb, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database's tables can be {Verb} again")]
    public partial void TableBack(string verb);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Peer} is looked at: {Reason}")]
    public partial void Suspected(SiloAddress peer, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Peer} did not answer {Missed} probes in a row")]
    public partial void Missed(SiloAddress peer, int missed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Peer} is gone: nobody listens at its endpoint, or another generation does")]
    public partial void Gone(SiloAddress peer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This silo was held up itself while it probed {Peer} ({Late} late), so that probe does not count")]
    public partial void HeldUp(SiloAddress peer, TimeSpan late);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Peer} could not be probed, or what was found could not be written; it is probed again")]
    public partial void WatchFailed(Exception exception, SiloAddress peer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Votes for the death of silo {Peer}: {Votes} of {Needed}")]
    public partial void Voted(SiloAddress peer, int votes, int needed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Peer} is declared dead: {Reason}")]
    public partial void DeclaredDead(SiloAddress peer, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Before it joins, this silo must reach an active one or see that all are dead; not yet: {Peers}")]
    public partial void JoinWaits(string peers);

    [LoggerMessage(Level = LogLevel.Critical, Message = "This silo, {Silo}, stops and exits with code {ExitCode}: {Reason}")]
    public partial void MustStop(SiloAddress silo, int exitCode, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "This silo, {Silo}, was to stop and did not within {Grace}; its process ends now")]
    public partial void EndsProcess(SiloAddress silo, TimeSpan grace);
}
