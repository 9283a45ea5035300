using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>The log lines of the grain directory.</summary>
internal sealed partial class DirectoryLog(ILogger<DirectoryLog> logger)
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo {Silo} has not told its activations yet: {Reason}")]
    public partial void NoClaims(SiloAddress silo, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId} was active twice; the activation on {Silo} ends")]
    public partial void ActiveTwice(GrainId grainId, SiloAddress silo);
}
