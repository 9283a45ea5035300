namespace Orleans;

/// <summary>The grain factory of a client, and of the silo's own process.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
