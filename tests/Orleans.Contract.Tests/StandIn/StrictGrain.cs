namespace Orleans.Contract.Tests.StandIn;

internal sealed class StrictGrain : Grain, IStrictGrain
{
    public Task PassAsync(Forgetful value) => Task.CompletedTask;

    public Task PassAsync(Careless value) => Task.CompletedTask;

    public Task PassAsync(object value) => Task.CompletedTask;
}
