namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record Nobody;
