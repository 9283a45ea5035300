using Actors.Tools;
using Actors.Workshop.Logs;
using Actors.Workshop.Sql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Workshop;

/// <summary>Registers what the tools of this pack are made from.</summary>
public sealed class WorkshopPack : IToolPackServices
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WorkshopOptions>()
            .Bind(configuration.GetSection(WorkshopOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<SampleData>();
        services.AddSingleton<Readers>();
        services.AddSingleton<ReadOnlySql>();
        services.AddSingleton<Tables>();
        services.AddSingleton<LogSearch>();
    }
}
