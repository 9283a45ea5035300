using System.Net.Sockets;
using Actors.Storage.Postgres;
using Actors.Storage.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Runtime;

namespace Actors.Storage;

/// <summary>How a process of Actors ends: what an operator can mend is said in a sentence, everything else crashes as it should.</summary>
public static class StartFailure
{
    /// <summary>
    /// Runs a process to its exit code: 0 after a shutdown it was asked for, also while it still waited for others;
    /// 1 where it could not start; what <see cref="Environment.ExitCode"/> says where a part of it has set that.
    /// </summary>
    /// <param name="program">What did not start, as the operator calls it.</param>
    /// <param name="run">Builds the host, and runs it until it has stopped.</param>
    public static async Task<int> RunAsync(string program, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception exception) when (Explains(exception))
        {
            await Console.Error.WriteLineAsync($"{program} did not start: {First(exception).Message}");
            return 1;
        }

        return Environment.ExitCode;
    }

    /// <summary>Runs the host until it was stopped; being stopped while it still waits for others is no failure.</summary>
    public static async Task RunUntilStoppedAsync(this IHost host)
    {
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await host.RunAsync();
        }
        catch (Exception exception) when (stopping.IsCancellationRequested && First(exception) is OperationCanceledException)
        {
            // The host passes it on from whatever it was starting.
        }
    }

    /// <summary>The failures whose message says what to do: a busy port, a setting, a database that is missing or refuses.</summary>
    private static bool Explains(Exception exception) => First(exception) is
        IOException or InvalidOperationException or SocketException or OptionsValidationException or OrleansConfigurationException
        or PrivatePostgresException or SchemaException or NpgsqlException;

    // Parts that start at the same time fail together, as a rule of the same cause.
    private static Exception First(Exception exception) => exception is AggregateException { InnerExceptions: [var first, ..] } ? First(first) : exception;
}
