namespace Orleans.Streams;

/// <summary>A streaming call of any element type, whose batch size can be set.</summary>
internal interface IBatched
{
    int MaxBatchSize { get; set; }
}
