namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
[Alias("contract.point")]
internal readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);
