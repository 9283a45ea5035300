namespace Orleans.Contract.Tests.Identity;

internal interface INobodysGrain : IGrainWithStringKey
{
    Task NothingAsync();
}
