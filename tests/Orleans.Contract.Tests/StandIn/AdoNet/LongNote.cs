namespace Orleans.Contract.Tests.StandIn.AdoNet;

public sealed class LongNote : Note
{
    public string? More { get; set; }
}
