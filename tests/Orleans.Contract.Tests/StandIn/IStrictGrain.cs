namespace Orleans.Contract.Tests.StandIn;

internal interface IStrictGrain : IGrainWithStringKey
{
    Task PassAsync(Forgetful value);

    Task PassAsync(Careless value);

    Task PassAsync(object value);
}
