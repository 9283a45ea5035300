using Orleans.Calls;

namespace Orleans.Streams;

/// <summary>A streaming call of any element type, whose batch size can be set.</summary>
internal interface IBatched
{
    int MaxBatchSize { get; set; }

    /// <summary>An empty poll of this call, for a message to be read into.</summary>
    GrainCall NewPoll();
}
