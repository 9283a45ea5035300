using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Actors.Cli.Tests;

/// <summary>
/// A host that knows only stdio, with the bridge's process as its server. Whatever the bridge writes is looked at: a line that
/// is no JSON-RPC message fails the test.
/// </summary>
internal sealed class BridgeHost : IAsyncDisposable
{
    private const string Meta = "io.modelcontextprotocol/";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<JsonElement> _arrived = Channel.CreateUnbounded<JsonElement>();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;
    private readonly Task _readingErrors;
    private int _lastId;

    private BridgeHost(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _readingErrors = ReadErrorsAsync();
    }

    public Process Process => _process;

    /// <summary>Everything the bridge sent that nobody took yet, in order, and what was taken.</summary>
    public List<JsonElement> Seen { get; } = [];

    /// <summary>What it said on standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <param name="url">The server; null: none is given.</param>
    /// <param name="key">The key, for the environment; null: none.</param>
    /// <param name="arguments">Further options.</param>
    public static BridgeHost Start(Uri? url, string? key, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "actors"), ["stdio", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        start.Environment.Remove("ACTORS_URL");
        start.Environment.Remove("ACTORS_KEY");
        if (url is not null)
            start.Environment["ACTORS_URL"] = url.ToString();
        if (key is not null)
            start.Environment["ACTORS_KEY"] = key;
        return new BridgeHost(Process.Start(start)!);
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Sends a request of revision 2026-07-28; gives its id.</summary>
    public async Task<int> SendAsync(string method, JsonObject? parameters = null, JsonObject? capabilities = null, JsonObject? meta = null)
    {
        var body = (JsonObject?)parameters?.DeepClone() ?? [];
        var about = new JsonObject
        {
            [Meta + "protocolVersion"] = "2026-07-28",
            [Meta + "clientInfo"] = new JsonObject { ["name"] = "bridge-tests", ["version"] = "1.0.0" },
            [Meta + "clientCapabilities"] = capabilities ?? [],
        };
        foreach (var (name, value) in meta ?? [])
            about[name] = value?.DeepClone();
        body["_meta"] = about;
        return await SendPlainAsync(method, body);
    }

    /// <summary>Sends a request without metadata, as the revisions with sessions have them; gives its id.</summary>
    public async Task<int> SendPlainAsync(string method, JsonObject? parameters = null)
    {
        var id = ++_lastId;
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method };
        if (parameters is not null)
            message["params"] = parameters;
        await WriteLineAsync(message.ToJsonString());
        return id;
    }

    public Task<int> CallAsync(string tool, JsonObject? arguments = null, JsonObject? capabilities = null, JsonObject? meta = null) =>
        SendAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] }, capabilities, meta);

    public Task NotifyAsync(string method, JsonObject? parameters = null) =>
        WriteLineAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters ?? [] }.ToJsonString());

    public Task CancelAsync(int id) => NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = id });

    public Task<JsonElement> AnswerToAsync(int id, CancellationToken cancellationToken) =>
        NextAsync($"the answer to {id}", message => IsAnswerTo(message, id), cancellationToken);

    public async Task<JsonElement> ResultOfAsync(int id, CancellationToken cancellationToken)
    {
        var answer = await AnswerToAsync(id, cancellationToken);
        return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"An error: {answer}; {Errors}");
    }

    public async Task<JsonElement> ErrorOfAsync(int id, CancellationToken cancellationToken)
    {
        var answer = await AnswerToAsync(id, cancellationToken);
        return answer.TryGetProperty("error", out var error) ? error : throw new InvalidOperationException($"No error: {answer}");
    }

    public Task<JsonElement> NotificationAsync(string method, CancellationToken cancellationToken) =>
        NextAsync(method, message => MethodOf(message) == method, cancellationToken);

    /// <summary>The next message that is so; what came before it is skipped, and stays in <see cref="Seen"/>.</summary>
    public async Task<JsonElement> NextAsync(string what, Func<JsonElement, bool> isWanted, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            while (true)
            {
                var message = await _arrived.Reader.ReadAsync(deadline.Token);
                Seen.Add(message);
                if (isWanted(message))
                    return message;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new TimeoutException($"No {what}. There was: {string.Join('\n', Seen)}\nThe bridge said: {Errors}", e);
        }
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <returns>The exit code, when all of its output was read.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Deadline, cancellationToken);
        await _reading;
        await _readingErrors;
        return _process.ExitCode;
    }

    public async Task<string> UntilItSaysAsync(string words, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        while (!Errors.Contains(words, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        return Errors;
    }

    public static bool IsAnswerTo(JsonElement message, int id) =>
        message.TryGetProperty("id", out var found) && found.ValueKind == JsonValueKind.Number && found.GetInt32() == id && MethodOf(message) is null;

    public static string? MethodOf(JsonElement message) => message.TryGetProperty("method", out var method) ? method.GetString() : null;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _reading; // Fails where a line was no message.
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                var message = JsonElement.Parse(line);
                if (message.GetProperty("jsonrpc").GetString() != "2.0")
                    throw new InvalidOperationException($"Not JSON-RPC: {line}");
                var isMessage = message.TryGetProperty("method", out _) || message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _);
                if (!isMessage)
                    throw new InvalidOperationException($"Not a message: {line}");
                _arrived.Writer.TryWrite(message);
            }
        }
        finally
        {
            _arrived.Writer.TryComplete();
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
                _errors.AppendLine(line);
        }
    }
}
