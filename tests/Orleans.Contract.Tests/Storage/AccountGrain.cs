using Orleans.Runtime;

namespace Orleans.Contract.Tests.Storage;

internal sealed class AccountGrain([PersistentState("account", "contract")] IPersistentState<Account> account, TimeProvider time)
    : Grain, IAccountGrain
{
    private int _balanceWhenActivated = -1;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Assert.NotNull(time);
        _balanceWhenActivated = account.State.Balance;
        return Task.CompletedTask;
    }

    public Task<(int Balance, bool Exists, string? Etag, int BalanceWhenActivated)> ReadAsync() =>
        Task.FromResult((account.State.Balance, account.RecordExists, account.Etag, _balanceWhenActivated));

    public Task SetAsync(int balance)
    {
        account.State.Balance = balance;
        return Task.CompletedTask;
    }

    public Task SaveAsync() => account.WriteStateAsync();

    public Task ClearAsync() => account.ClearStateAsync();

    public Task ReloadAsync() => account.ReadStateAsync();

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<bool> IsRefusedOutsideTheTurnAsync() => Task.Run(() =>
    {
        try
        {
            return account.State is null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    });
}
