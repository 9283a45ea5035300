namespace Orleans.GrainDirectory;

/// <summary>Of the runtime itself: one per silo, never in the directory, not seen by filters, there until the silo is gone.</summary>
internal interface ISystemGrain : IGrainWithIntegerKey;
