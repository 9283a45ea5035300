namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record OrderV1(string Name);
