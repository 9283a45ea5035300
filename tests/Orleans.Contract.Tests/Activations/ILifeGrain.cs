namespace Orleans.Contract.Tests.Activations;

internal interface ILifeGrain : IGrainWithStringKey
{
    Task<string> ActivationAsync();

    Task DeactivateAsync();

    Task DelayAsync(TimeSpan timeSpan);

    Task WaitForAsync(string signal);

    Task<string> DeactivateAndWaitForAsync(string signal);
}
