using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Tools;

/// <summary>
/// How a tool pack registers what its tools are constructed from. Every public class of the pack's assembly that
/// implements it and has a parameterless constructor is called once, before the host is built.
/// </summary>
public interface IToolPackServices
{
    /// <param name="services">The silo's services. A tool class resolves from a scope of its own for each call.</param>
    /// <param name="configuration">The silo's configuration.</param>
    void AddServices(IServiceCollection services, IConfiguration configuration);
}
