using System.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Bench.SocketHook;

/// <summary>Hears of the host while it is built, which the framework says to whoever listens, and sets its sockets: they have no setting outside of code.</summary>
internal sealed class HostWatch(Action<SocketTransportOptions> set) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is not { Key: "HostBuilding", Value: IHostBuilder host })
            return;
        host.ConfigureServices((_, services) => services.Configure(set));
        Console.Error.WriteLine("the sockets are set by the bench");
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
