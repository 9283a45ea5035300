namespace Orleans.Configuration;

/// <summary>Declared for AddMemoryGrainStorage's signature; the stand-in's memory storage has no options.</summary>
public class MemoryGrainStorageOptions
{
}
