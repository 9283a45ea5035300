namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record OrderV2(string Name, int Count = 7, string Note = "none", Level Level = Level.High, int? Limit = null);
