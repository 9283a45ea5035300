using Microsoft.Extensions.DependencyInjection;
using Orleans.Calls;

namespace Orleans.Messaging;

internal static class MessagingServices
{
    /// <summary>What a silo and a client have in common.</summary>
    public static void AddMessaging(this IServiceCollection services)
    {
        services.AddSingleton<CallTimeouts>();
        services.AddSingleton<LinkOptions>();
        services.AddSingleton<Peers>();
        services.AddSingleton<MessageReceiver>();
    }
}
