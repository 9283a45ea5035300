using Actors.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests.Pack;

public sealed class TestPack : IToolPackServices
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<Greeter>().AddSingleton<Guide.Post>();
}
