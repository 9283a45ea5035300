namespace Actors.Standalone;

/// <summary>Registers what only this process has: its options, and the first tenant and key.</summary>
internal static class StandaloneHosting
{
    public static WebApplicationBuilder AddStandalone(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StandaloneOptions>()
            .BindConfiguration(StandaloneOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<FirstKey>();
        builder.Services.AddHostedService<Welcome>();
        return builder;
    }
}
