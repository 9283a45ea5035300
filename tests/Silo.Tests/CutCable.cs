using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Actors.Silo.Tests;

/// <summary>A cable to the database that can be cut and mended.</summary>
internal sealed class CutCable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly Task _accepting;
    private volatile bool _cut;

    public CutCable(string connectionString)
    {
        _database = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_database.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
    }.ConnectionString;

    public void Cut()
    {
        _cut = true;
        CloseAll();
    }

    public void Mend() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Stop();
        CloseAll();
        _end.Dispose();
    }

    private void CloseAll()
    {
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = Task.Run(() => CarryAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // told to end
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            _open.TryAdd(client, 0);
            if (_cut)
            {
                return;
            }

            await server.ConnectAsync(_database.Host!, _database.Port, _end.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _end.Token),
                server.GetStream().CopyToAsync(client.GetStream(), _end.Token));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A cut cable carries nothing.
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }
}
