using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections;
using Orleans.Connections.Security;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Connections;

/// <summary>One process' end of things: it may listen, it may connect, and it keeps what it hears.</summary>
internal sealed class Endpoint : IFrameReceiver, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private EndpointListener? _listener;

    public Endpoint(string secret = "the secret", string cluster = "test", Action<TlsOptions>? tls = null, int? maxMessage = null,
        params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Orleans:Connections:" + setting.Name, (string?)setting.Value)))
            .AddInMemoryCollection([new(ClusterSecret.ConfigurationKey, secret)])
            .Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<MessagingOptions>(maxMessage is { } size ? new ClientMessagingOptions { MaxMessageBodySize = size } : new ClientMessagingOptions())
            .AddSingleton<ISecretTable, LocalMemberTable>()
            .Configure<ClusterOptions>(options => options.ClusterId = cluster);
        services.AddClientConnections();
        if (tls is not null)
            services.Configure<TlsOptions>(options =>
            {
                tls(options);
                options.IsOn = true;
            });
        _services = services.BuildServiceProvider();
        Pool.Receiver = this;
    }

    public LogLines Log { get; } = new();

    public ConnectionPool Pool => _services.GetRequiredService<ConnectionPool>();

    public SiloAddress Address { get; private set; } = SiloAddress.Zero;

    /// <summary>What came, as text, in order.</summary>
    public Channel<string> Heard { get; } = Channel.CreateUnbounded<string>();

    /// <summary>The connections that ended, with the reason.</summary>
    public Channel<(Connection Connection, Exception? Reason)> Ended { get; } = Channel.CreateUnbounded<(Connection, Exception?)>();

    /// <summary>Says everything back.</summary>
    public bool Echoes { get; init; }

    /// <summary>Blocks the reading of what comes while it is closed.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public static SiloAddress FreeAddress()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return SiloAddress.New(IPAddress.Loopback, ((IPEndPoint)probe.LocalEndPoint!).Port, SiloAddress.AllocateNewGeneration());
    }

    public async Task ListenAsync(SiloAddress? address = null, IPEndPoint? at = null)
    {
        Address = address ?? FreeAddress();
        _listener = new EndpointListener(
            "tests", at ?? Address.Endpoint, new PeerIdentity(Address, "listener"), this, _services.GetRequiredService<Transport>(),
            _services.GetRequiredService<ConnectionMaker>(), _services.GetRequiredService<ConnectionLimits>(),
            _services.GetRequiredService<ConnectionLog>());
        await _listener.StartAsync(TestContext.Current.CancellationToken);
    }

    public Task<Connection> ConnectAsync(Endpoint other) => ConnectAsync(other.Address);

    public async Task<Connection> ConnectAsync(SiloAddress address) => await Pool.GetAsync(address, TestContext.Current.CancellationToken);

    public static Frame FrameOf(Connection connection, string text)
    {
        var frame = connection.NewFrame();
        frame.Write(Encoding.UTF8.GetBytes(text));
        return frame;
    }

    public void Receive(Connection connection, ReadOnlySequence<byte> message)
    {
        Gate.Wait(TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(message);
        Heard.Writer.TryWrite(text);
        if (Echoes) connection.TrySend(FrameOf(connection, text));
    }

    public void Closed(Connection connection, Exception? reason) => Ended.Writer.TryWrite((connection, reason));

    public async Task StopListeningAsync()
    {
        if (_listener is { } listener) await listener.CloseAsync();
        _listener = null;
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Set();
        await StopListeningAsync();
        await Pool.CloseAsync(CancellationToken.None);
        await _services.DisposeAsync();
        Gate.Dispose();
    }
}
