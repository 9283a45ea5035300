using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Gives a silo without a name one.</summary>
internal sealed class SiloNaming : IPostConfigureOptions<SiloOptions>
{
    public void PostConfigure(string? name, SiloOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.SiloName)) options.SiloName = $"Silo_{Guid.NewGuid().ToString("N")[..5]}";
    }
}
