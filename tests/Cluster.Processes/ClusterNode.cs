using System.Net;

namespace Actors.Cluster.Processes;

/// <summary>A process of the product: started, paused, killed, stopped and started again, under one name.</summary>
public abstract class ClusterNode : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);
    private static readonly HttpClient Probe = new(new SocketsHttpHandler { ConnectTimeout = ProbeTimeout }) { Timeout = ProbeTimeout };

    private readonly LocalCluster _cluster;
    private GuardedProcess? _process;

    private protected ClusterNode(LocalCluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
        Database = cluster.IsProxied ? new TcpProxy(FreePorts.Next(), [cluster.Postgres.Port]) : null;
    }

    /// <summary>For people, and for the silo's lease.</summary>
    public string Name { get; }

    /// <summary>Where it listens for HTTP: health, and in a frontend MCP.</summary>
    public Uri Address => new($"http://127.0.0.1:{HttpPort}");

    /// <summary>What it wrote to its console, over all its starts.</summary>
    public string LogFile => Path.Combine(_cluster.Folder, $"{Name}.log");

    public bool IsRunning => RunningPid is not null;

    public bool IsPaused { get; private set; }

    public int Pid => _process?.Pid ?? throw new InvalidOperationException($"{Name} was not started.");

    internal int? RunningPid => _process is { Ended.IsCompleted: false } process ? process.Pid : null;

    /// <summary>The proxy before Postgres that only this process uses.</summary>
    internal TcpProxy? Database { get; }

    private protected int HttpPort { get; private set; } = FreePorts.Next();

    private protected LocalCluster Cluster => _cluster;

    private protected abstract string Program { get; }

    private protected IEnumerable<KeyValuePair<string, string>> ToolPacks =>
        _cluster.Options.ToolPacks.Select((pack, index) => new KeyValuePair<string, string>($"Actors:ToolPacks:Paths:{index}", pack));

    /// <summary>Starts it, also again after it has ended; returns at once.</summary>
    public virtual void Start()
    {
        if (IsRunning)
            throw new InvalidOperationException($"{Name} runs already.");
        IsPaused = false;
        var environment = Settings().ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        _process = GuardedProcess.Start(Program, [], environment, LogFile);
    }

    /// <summary>Gives it ports that it did not have before; for the next start.</summary>
    public virtual async ValueTask MoveAsync()
    {
        HttpPort = FreePorts.Next();
        await ValueTask.CompletedTask;
    }

    /// <summary>Whether <c>/readyz</c> says so.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) => await AskReadyAsync(cancellationToken) is null;

    /// <exception cref="InvalidOperationException">It has ended instead; the message holds the end of its log.</exception>
    /// <exception cref="TimeoutException">It is not ready in time; the message says what it waits for.</exception>
    public async Task WaitUntilReadyAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await AskReadyAsync(cancellationToken) is { } obstacle)
        {
            if (_process is { Ended.IsCompleted: true } ended)
                throw new InvalidOperationException($"{Name} ended with code {await ended.Ended}. {LogEnd()}");
            if (TimeProvider.System.GetElapsedTime(since) > deadline)
                throw new TimeoutException($"{Name} is not ready after {deadline.TotalSeconds:0} s: {obstacle}. {LogEnd()}");
            await Task.Delay(Poll, cancellationToken);
        }
    }

    /// <summary>SIGKILL: nothing in it gets to say goodbye.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        Signal.Send(Pid, Signal.Kill);
        await _process!.Ended.WaitAsync(cancellationToken);
        IsPaused = false;
    }

    /// <summary>SIGSTOP: from outside it looks alive, and it does nothing.</summary>
    public void Pause()
    {
        Signal.Send(Pid, Signal.Stop);
        IsPaused = true;
    }

    /// <summary>SIGCONT.</summary>
    public void Resume()
    {
        Signal.Send(Pid, Signal.Continue);
        IsPaused = false;
    }

    /// <summary>SIGTERM: it should drain, and end by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public async Task<int> TerminateAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        Signal.Send(Pid, Signal.Terminate);
        return await WaitForExitAsync(deadline, cancellationToken);
    }

    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await _process!.Ended.WaitAsync(deadline, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} has not ended within {deadline.TotalSeconds:0} s. {LogEnd()}");
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual IEnumerable<KeyValuePair<string, string>> Settings() =>
    [
        new("Urls", Address.ToString()),
        new("Actors:Cluster:Id", _cluster.Id),
        new("Actors:Storage:ConnectionString", _cluster.Postgres.ConnectionStringAt(Database?.Port ?? _cluster.Postgres.Port)),
        new("Logging:Console:FormatterName", "simple"),
        new("Logging:Console:FormatterOptions:SingleLine", "true"),
        new("Logging:Console:FormatterOptions:TimestampFormat", "HH:mm:ss.fff "),
        new("DOTNET_gcServer", "0"),
    ];

    private async Task<string?> AskReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Probe.GetAsync(new Uri(Address, "/readyz"), cancellationToken);
            return response.StatusCode is HttpStatusCode.OK ? null : await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer";
        }
    }

    private string LogEnd()
    {
        const int Shown = 3_000;
        var log = File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";
        return $"Its log ends: {log[Math.Max(0, log.Length - Shown)..]}";
    }
}
