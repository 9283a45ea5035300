using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Guide;

/// <summary>The tools of docs/writing-tools.md, which shows what is between the marks; GuideTests holds the two together.</summary>
[McpServerToolType]
public static class InvoiceTools
{
    // doc
    [McpServerTool(Name = "send_invoices"), Description("Sends the invoices of a month.")]
    public static async Task<string> Send(string[] customers, string month, Post post, CancellationToken cancellationToken)
    {
        foreach (var customer in customers)
        {
            await post.SendAsync($"{month} to {customer}", Guid.NewGuid().ToString(), cancellationToken);
        }

        return $"Sent {customers.Length} invoices.";
    }
    // end

    // doc
    [McpServerTool(Name = "send_invoices_as_job"), Description("Sends the invoices of a month.")]
    [Job(TimeoutSeconds = 3600, AfterCrash = AfterCrash.Fail)]
    public static async Task<string> SendAsJob(
        string[] customers, string month, Post post, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        for (var i = 0; i < customers.Length; i++)
        {
            await post.SendAsync($"{month} to {customers[i]}", Guid.NewGuid().ToString(), cancellationToken);
            progress.Report(new() { Progress = i + 1, Total = customers.Length, Message = $"Sent to {customers[i]}" });
        }

        return $"Sent {customers.Length} invoices.";
    }
    // end

    // doc
    [McpServerTool(Name = "send_invoices_in_steps"), Description("Sends the invoices of a month.")]
    [Job(MaxAttempts = 5, FirstRetryDelayMs = 10, RetryOn = [typeof(HttpRequestException)], HeartbeatSeconds = 60, RetryTimeouts = true)]
    public static async Task<string> SendInSteps(
        string[] customers, string month, Post post, JobContext job, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        var receipts = new List<string>();
        for (var i = 0; i < customers.Length; i++)
        {
            var step = $"send/{i}";
            receipts.Add(await job.StepAsync(
                step, token => post.SendAsync($"{month} to {customers[i]}", job.IdempotencyKey(step), token), cancellationToken));
            progress.Report(new() { Progress = i + 1, Total = customers.Length });
        }

        return $"Sent {receipts.Count} invoices in attempt {job.Attempt}; the last: {receipts[^1]}.";
    }
    // end

    // doc
    [McpServerTool(Name = "sum_up"), Job(RetryOn = [typeof(IOException)], FirstRetryDelayMs = 10), Description("Adds up to a number, slowly.")]
    public static async Task<string> SumUp(int last, JobContext job, CancellationToken cancellationToken)
    {
        var state = job.Checkpoint<Sum>() ?? new Sum(0, 0);
        while (state.Number < last)
        {
            state = new Sum(state.Number + 1, state.Total + state.Number + 1);
            await job.SaveCheckpointAsync(state, cancellationToken);
            if (state.Number == 3 && job.Attempt == 1) throw new IOException("the line is down");
        }

        return $"The sum is {state.Total}, in attempt {job.Attempt}.";
    }

    private sealed record Sum(int Number, long Total);
    // end
}
