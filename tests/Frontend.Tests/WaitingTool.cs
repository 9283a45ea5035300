using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>A short tool that ends only when it is told to, and says when it was.</summary>
[McpServerToolType]
public static class WaitingTool
{
    private static readonly TaskCompletionSource Told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Task Cancelled => Told.Task;

    [McpServerTool(Name = "wait_for_cancel"), Description("Waits until its caller hangs up.")]
    public static async Task<string> Wait(IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        progress.Report(new() { Progress = 1 });
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Told.TrySetResult();
            throw;
        }
        return "";
    }
}
