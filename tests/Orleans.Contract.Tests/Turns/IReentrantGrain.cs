namespace Orleans.Contract.Tests.Turns;

internal interface IReentrantGrain : IGrainWithStringKey
{
    Task WaitForAsync(string signal);

    Task SignalAsync(string signal);
}
