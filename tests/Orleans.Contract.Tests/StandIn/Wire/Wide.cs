namespace Orleans.Contract.Tests.StandIn.Wire;

internal enum Wide : long
{
    None,
    First = long.MinValue,
    Last = long.MaxValue
}
