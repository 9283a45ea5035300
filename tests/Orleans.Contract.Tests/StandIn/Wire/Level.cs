namespace Orleans.Contract.Tests.StandIn.Wire;

internal enum Level : byte
{
    Low,
    High
}
