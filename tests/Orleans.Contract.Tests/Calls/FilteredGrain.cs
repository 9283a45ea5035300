namespace Orleans.Contract.Tests.Calls;

internal sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public Task<string> EchoAsync(string value) => Task.FromResult($"grain({value})");

    public Task ThrowAsync() => throw new InvalidOperationException("from the grain");

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Result is string result) context.Result = $"own({result})";
    }
}
