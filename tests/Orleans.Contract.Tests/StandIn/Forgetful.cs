namespace Orleans.Contract.Tests.StandIn;

[GenerateSerializer]
[Immutable]
internal sealed record Forgetful([property: Id(0)] string Name)
{
    public string? Lost { get; init; }
}
