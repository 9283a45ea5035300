using System.CommandLine;
using Actors.Cli.Host;

namespace Actors.Cli.Stdio;

/// <summary><c>actors stdio</c>: its options, and what they are when they are not given.</summary>
internal static class StdioCommand
{
    private static readonly StdioOptions Defaults = new() { Url = new Uri("http://localhost") };

    private static readonly Option<string?> Url = new("--url") { Description = "The MCP endpoint, for example https://actors.example.com/mcp; or ACTORS_URL." };
    private static readonly Option<string?> Key = new("--key") { Description = "The API key; better ACTORS_KEY or --key-file, which a list of processes does not show." };
    private static readonly Option<string?> KeyFile = new("--key-file") { Description = "A file that holds the API key." };
    private static readonly Option<int> RetrySeconds = Seconds("--retry-seconds", Defaults.RetryFor, "How long a request is tried for over an outage.");
    private static readonly Option<int> StartSeconds = Seconds("--start-seconds", Defaults.StartFor, "The same until the server has answered for the first time.");
    private static readonly Option<int> LongestPauseSeconds = Seconds("--longest-pause-seconds", Defaults.LongestPause, "The longest pause between two tries.");
    private static readonly Option<int> ConnectSeconds = Seconds("--connect-seconds", Defaults.ConnectTimeout, "How long a connection may take.");
    private static readonly Option<int> DrainSeconds = Seconds("--drain-seconds", Defaults.DrainTimeout, "How long answers under way are waited for when the host closes its end.", least: 0);
    private static readonly Option<int> MaxLineBytes = Count("--max-line-bytes", Defaults.MaxLineBytes, "Bytes of a line from the host.", 1024, 256 * 1024 * 1024);
    private static readonly Option<int> MaxMessageBytes = Count("--max-message-bytes", Defaults.MaxMessageBytes, "Bytes of a message from the server.", 1024, 1024 * 1024 * 1024);
    private static readonly Option<int> MaxRequests = Count("--max-requests", Defaults.MaxRequests, "Requests under way at once.", 1, 10_000);
    private static readonly Option<int> MaxQueuedMessages = Count("--max-queued-messages", Defaults.MaxQueuedMessages, "Messages that wait for a slow reader.", 1, 100_000);
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Tell of each request and each retry on standard error." };

    public static Command Create()
    {
        var command = new Command("stdio", "Carries MCP between a host that knows only stdio and the service.")
        {
            Url, Key, KeyFile, RetrySeconds, StartSeconds, LongestPauseSeconds, ConnectSeconds, DrainSeconds,
            MaxLineBytes, MaxMessageBytes, MaxRequests, MaxQueuedMessages, Verbose,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StdioOptions options;
        try
        {
            options = Read(parsed);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync("actors: " + e.Message);
            return ExitCodes.Usage;
        }
        await using var stdin = Console.OpenStandardInput();
        await using var stdout = StandardOutput.Open();
        return await new BridgeProcess(options, Console.Error, TimeProvider.System).RunAsync(stdin, stdout, cancellationToken);
    }

    private static StdioOptions Read(ParseResult parsed) => new()
    {
        Url = EndpointUrl.Parse(parsed.GetValue(Url) ?? Environment.GetEnvironmentVariable("ACTORS_URL")),
        Key = ApiKey.Read(parsed.GetValue(Key), parsed.GetValue(KeyFile), Environment.GetEnvironmentVariable("ACTORS_KEY")),
        RetryFor = TimeSpan.FromSeconds(parsed.GetValue(RetrySeconds)),
        StartFor = TimeSpan.FromSeconds(parsed.GetValue(StartSeconds)),
        LongestPause = TimeSpan.FromSeconds(parsed.GetValue(LongestPauseSeconds)),
        ConnectTimeout = TimeSpan.FromSeconds(parsed.GetValue(ConnectSeconds)),
        DrainTimeout = TimeSpan.FromSeconds(parsed.GetValue(DrainSeconds)),
        MaxLineBytes = parsed.GetValue(MaxLineBytes),
        MaxMessageBytes = parsed.GetValue(MaxMessageBytes),
        MaxRequests = parsed.GetValue(MaxRequests),
        MaxQueuedMessages = parsed.GetValue(MaxQueuedMessages),
        IsVerbose = parsed.GetValue(Verbose),
    };

    private static Option<int> Seconds(string name, TimeSpan standard, string description, int least = 1) =>
        Count(name, (int)standard.TotalSeconds, description, least, 24 * 60 * 60);

    private static Option<int> Count(string name, int standard, string description, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
                result.AddError($"{name} must be from {least} to {most}.");
        });
        return option;
    }
}
