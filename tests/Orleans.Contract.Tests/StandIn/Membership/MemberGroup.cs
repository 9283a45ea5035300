namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>Stops a test's silos at its end.</summary>
internal sealed class MemberGroup(params Member[] members) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await Task.WhenAll(members.Select(member => member.DisposeAsync().AsTask()));
}
