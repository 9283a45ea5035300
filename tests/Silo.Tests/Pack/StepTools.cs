using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

/// <summary>Tools whose work is done in steps.</summary>
[McpServerToolType]
public static class StepTools
{
    [McpServerTool(Name = "orders"), Job(FirstRetryDelayMs = 1), Description("Charges and ships; fails once in between, if told to.")]
    public static async Task<string> Orders(string run, bool failsFirst, JobContext job, CancellationToken cancellationToken)
    {
        var receipt = await job.StepAsync("charge", _ => Do(run + "/charge", job, "charge", new Receipt(7, ["paid"])), cancellationToken);
        if (failsFirst && job.Attempt == 1)
        {
            throw new TransientException("the warehouse is closed");
        }

        await job.StepAsync("ship", _ => Do(run + "/ship", job, "ship", 0), cancellationToken);
        return $"attempt {job.Attempt}: receipt {receipt.Number}, {receipt.Lines[0]}";
    }

    [McpServerTool(Name = "gated_steps"), Job, Description("One step, and one that waits at a gate after its effect.")]
    public static Task<string> GatedSteps(string run, JobContext job, CancellationToken cancellationToken) => InGates(run, job, cancellationToken);

    [McpServerTool(Name = "gated_steps_over"), Job(AfterCrash = AfterCrash.Retry), Description("The same, from the start after a crash.")]
    public static Task<string> GatedStepsOver(string run, JobContext job, CancellationToken cancellationToken) => InGates(run, job, cancellationToken);

    [McpServerTool(Name = "side_by_side"), Job(FirstRetryDelayMs = 1), Description("Many steps at once, twice.")]
    public static async Task<string> SideBySide(string run, int steps, JobContext job, CancellationToken cancellationToken)
    {
        var all = Enumerable.Range(1, steps).Select(i => job.StepAsync($"part/{i}", _ => Do($"{run}/{i}", job, $"part/{i}", i), cancellationToken));
        var sum = (await Task.WhenAll(all)).Sum();
        return job.Attempt == 1 ? throw new TransientException("again") : $"{sum}";
    }

    [McpServerTool(Name = "named_steps"), Job, Description("Two steps with the names it is told.")]
    public static async Task<string> NamedSteps(string first, string second, JobContext job)
    {
        await job.StepAsync(first, _ => Task.CompletedTask);
        await job.StepAsync(second, _ => Task.CompletedTask);
        return "done";
    }

    [McpServerTool(Name = "changed_step"), Job(RetryOn = [typeof(Exception)], FirstRetryDelayMs = 1), Description("Stores one type and asks for another.")]
    public static async Task<string> ChangedStep(JobContext job)
    {
        if (job.Attempt > 1)
        {
            return await job.StepAsync("order", _ => Task.FromResult("text"));
        }

        await job.StepAsync("order", _ => Task.FromResult(new Receipt(1, [])));
        throw new TransientException("again");
    }

    [McpServerTool(Name = "sized_steps"), Job, Description("So many steps of so many bytes.")]
    public static async Task<string> SizedSteps(int steps, int bytes, JobContext job)
    {
        for (var i = 0; i < steps; i++)
        {
            await job.StepAsync($"step-{i}", _ => Task.FromResult(new string('x', bytes)));
        }

        return "fits";
    }

    [McpServerTool(Name = "short_steps"), Description("A short tool with a step.")]
    public static async Task<string> ShortSteps(string run, string name, JobContext job)
    {
        await job.StepAsync("one", _ => Do(run, job, "one", 1));
        return await job.StepAsync(name, _ => Task.FromResult("done"));
    }

    private static async Task<string> InGates(string run, JobContext job, CancellationToken cancellationToken)
    {
        await job.StepAsync("first", _ => Do(run + "/first", job, "first", 1), cancellationToken);
        await job.StepAsync(
            "second",
            async token =>
            {
                await Do(run + "/second", job, "second", 2);
                await Gates.PassAsync($"{run}/{job.Attempt}", token);
            },
            cancellationToken);
        return $"attempt {job.Attempt}";
    }

    private static Task<T> Do<T>(string effect, JobContext job, string step, T result)
    {
        Effects.Add(effect, job.IdempotencyKey(step));
        return Task.FromResult(result);
    }

    public sealed record Receipt(int Number, string[] Lines);
}
