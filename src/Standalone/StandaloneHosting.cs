using Microsoft.Extensions.Configuration.Json;

namespace Actors.Standalone;

/// <summary>Registers what only this process has: its options, and the first tenant and key.</summary>
internal static class StandaloneHosting
{
    public static WebApplicationBuilder AddStandalone(this WebApplicationBuilder builder)
    {
        // The defaults lie beside the program; the working folder, where relative paths start, may have its own settings.
        builder.Configuration.Sources.Insert(0, Defaults());
        builder.Services.AddOptions<StandaloneOptions>()
            .BindConfiguration(StandaloneOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<FirstKey>();
        builder.Services.AddHostedService<Welcome>();
        return builder;
    }

    private static JsonConfigurationSource Defaults()
    {
        var source = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"), Optional = true };
        source.ResolveFileProvider();
        return source;
    }
}
