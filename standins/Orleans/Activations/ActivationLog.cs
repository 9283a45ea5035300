using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>The log lines of activations.</summary>
internal sealed partial class ActivationLog(ILogger<ActivationLog> logger)
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {GrainId} could not be activated")]
    public partial void ActivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId}: {Step} failed while it was deactivated")]
    public partial void DeactivationStepFailed(Exception exception, GrainId grainId, string step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId} is deactivated although {Count} calls did not end in time")]
    public partial void DeactivationAbandonedCalls(GrainId grainId, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {GrainId}: work in its turn failed")]
    public partial void TurnWorkFailed(Exception exception, GrainId grainId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {GrainId}: a timer's callback failed; the timer goes on")]
    public partial void TimerFailed(Exception exception, GrainId grainId);
}
