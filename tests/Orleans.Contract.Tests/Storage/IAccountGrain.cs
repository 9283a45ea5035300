namespace Orleans.Contract.Tests.Storage;

internal interface IAccountGrain : IGrainWithStringKey
{
    Task<(int Balance, bool Exists, string? Etag, int BalanceWhenActivated)> ReadAsync();

    Task SetAsync(int balance);

    Task SaveAsync();

    Task ClearAsync();

    Task ReloadAsync();

    Task DeactivateAsync();

    Task<bool> IsRefusedOutsideTheTurnAsync();
}
