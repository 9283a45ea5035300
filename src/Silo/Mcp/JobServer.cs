using System.Text.Json;
using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Tenants;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Orleans;

namespace Actors.Silo.Mcp;

/// <summary>The server of a job's attempt: progress, log lines and questions become part of the job's record.</summary>
internal sealed class JobServer(
    RunningAttempt attempt, CallProfile profile, IServiceProvider services, IGrainFactory grains, TimeProvider time)
    : CallServer(profile, services)
{
    public override Task<byte[]> AskAsync(InputQuestion question, CancellationToken cancellationToken) =>
        attempt.AskAsync(question, cancellationToken);

    protected override void Progress(ProgressNotificationParams progress)
    {
        attempt.Beat();
        attempt.Reports.Progress(new JobProgress(progress.Progress.Progress, progress.Progress.Total, progress.Progress.Message));
    }

    protected override void Log(LoggingMessageNotificationParams message)
    {
        attempt.Beat();
        var data = JsonSerializer.SerializeToUtf8Bytes(message.Data, McpJsonUtilities.DefaultOptions);
        attempt.Reports.Log(new JobLogLine(time.GetUtcNow(), LevelName(message.Level), message.Logger, data));
    }

    protected override Task AnnounceAsync(string method, byte[]? parameters) =>
        grains.GetGrain<INotificationGrain>(attempt.Key.Tenant)
            .PublishAsync(new ServerNotification(method, parameters)).AsTask();

    private static string LevelName(LoggingLevel level) => JsonNamingPolicy.CamelCase.ConvertName(level.ToString());
}
