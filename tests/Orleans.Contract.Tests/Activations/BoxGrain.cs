namespace Orleans.Contract.Tests.Activations;

internal sealed class BoxGrain<T> : Grain, IBoxGrain<T>
{
    private T _value = default!;

    public Task PutAsync(T value)
    {
        _value = value;
        return Task.CompletedTask;
    }

    public Task<T> TakeAsync() => Task.FromResult(_value);
}
