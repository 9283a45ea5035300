namespace Orleans.Contract.Tests.Turns;

internal interface IChainGrain : IGrainWithStringKey
{
    Task CallBackThroughAsync(string other, bool allowReentrancy);

    Task CallAsync(string other);

    [ResponseTimeout("00:00:01")]
    Task PingAsync();
}
