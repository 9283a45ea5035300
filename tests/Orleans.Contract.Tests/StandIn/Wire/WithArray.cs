using System.Collections.Immutable;

namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
internal sealed record WithArray([property: Id(0)] ImmutableArray<int> Values);
