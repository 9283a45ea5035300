using Actors.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Chaos.Pack;

/// <summary>Registers what the tools of this pack are made from.</summary>
public sealed class ChaosPack : IToolPackServices
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<Effects>();
}
