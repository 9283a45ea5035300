namespace Orleans.Contract.Tests.Storage;

internal interface ILedgerGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int amount);

    Task<int> BalanceAsync();

    Task DeactivateAsync();
}
