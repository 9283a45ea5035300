namespace Orleans.Contract.Tests.Turns;

internal interface IPickyGrain : IGrainWithStringKey
{
    Task WaitForAsync(string signal);

    Task SignalAsync(string signal);
}
