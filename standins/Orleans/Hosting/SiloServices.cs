using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

internal static class SiloServices
{
    public static void AddSiloServices(this IServiceCollection services)
    {
        services.AddOptions();
    }
}
