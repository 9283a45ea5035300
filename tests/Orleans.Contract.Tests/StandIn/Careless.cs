using Orleans.Contract.Tests.Calls;

namespace Orleans.Contract.Tests.StandIn;

[GenerateSerializer]
[Immutable]
internal sealed record Careless([property: Id(0)] Unknown Inner);
