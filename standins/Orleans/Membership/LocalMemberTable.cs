using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>The table of UseLocalhostClustering: this process's one silo, in memory.</summary>
internal sealed class LocalMemberTable : IMemberTable, ISecretTable
{
    private readonly Lock _writing = new();
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private ClusterView _view = new(new MembershipVersion(0), []);

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ClusterView> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_writing) return Task.FromResult(_view);
    }

    public Task<bool> InsertAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken) =>
        Write(expected, members => members.Add(member));

    public Task<bool> UpdateAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken) =>
        Write(expected, members => members.RemoveAll(other => other.Address.Equals(member.Address)).Add(member));

    public Task SetAliveAsync(SiloAddress address, DateTimeOffset time, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveDefunctAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<byte[]> ReadSecretAsync(CancellationToken cancellationToken) => Task.FromResult(_secret);

    private Task<bool> Write(MembershipVersion expected, Func<ImmutableArray<SiloMember>, ImmutableArray<SiloMember>> change)
    {
        lock (_writing)
        {
            if (_view.Version != expected) return Task.FromResult(false);

            _view = new ClusterView(new MembershipVersion(expected.Value + 1), change(_view.Members));
            return Task.FromResult(true);
        }
    }
}
