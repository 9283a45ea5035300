using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Net;
using System.Security.Cryptography;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>A cluster's members, gateways and secret in Orleans' tables, for silos and clients alike.</summary>
internal sealed class AdoNetClusterTable(AdoNetDatabase database, string clusterId) : IMemberTable, IGatewayTable, ISecretTable, IDisposable
{
    private const int SecretBytes = 32;

    private readonly SemaphoreSlim _opening = new(1);
    private StoredQueries? _queries;

    public Task OpenAsync(CancellationToken cancellationToken) => QueriesAsync(cancellationToken).AsTask();

    public async Task<ClusterView> ReadAsync(CancellationToken cancellationToken)
    {
        var queries = await QueriesAsync(cancellationToken);
        var rows = await database.ReadAsync(
            queries["MembershipReadAllKey"], command => command.With("DeploymentId", clusterId), ReadRow, cancellationToken);
        if (rows.Count == 0) throw new DataException($"The membership table has no version for cluster \"{clusterId}\" any more.");

        return new ClusterView(new MembershipVersion(rows[0].Version), [.. rows.Where(row => row.Member is not null).Select(row => row.Member!)]);
    }

    public async Task<bool> InsertAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken)
    {
        var queries = await QueriesAsync(cancellationToken);
        return await IsWrittenAsync(queries["InsertMembershipKey"], command => Key(command, member.Address)
            .With("SiloName", member.Name).With("HostName", member.HostName).With("Status", (int)member.Status)
            .With("ProxyPort", member.GatewayPort).With("StartTime", member.StartTime).With("IAmAliveTime", member.IAmAliveTime)
            .With("Version", (int)expected.Value), cancellationToken);
    }

    public async Task<bool> UpdateAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken)
    {
        var queries = await QueriesAsync(cancellationToken);
        return await IsWrittenAsync(queries["UpdateMembershipKey"], command => Key(command, member.Address)
            .With("Status", (int)member.Status).With("SuspectTimes", SuspectTimes.Format(member.Votes))
            .With("IAmAliveTime", member.IAmAliveTime).With("Version", (int)expected.Value), cancellationToken);
    }

    public async Task SetAliveAsync(SiloAddress address, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var queries = await QueriesAsync(cancellationToken);
        await database.ExecuteAsync(
            queries["UpdateIAmAlivetimeKey"], command => Key(command, address).With("IAmAliveTime", time), cancellationToken);
    }

    public async Task RemoveDefunctAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var queries = await QueriesAsync(cancellationToken);
        await database.ExecuteAsync(
            queries["CleanupDefunctSiloEntriesKey"],
            command => command.With("DeploymentId", clusterId).With("IAmAliveTime", before), cancellationToken);
    }

    public async Task<ImmutableArray<SiloAddress>> ReadGatewaysAsync(CancellationToken cancellationToken)
    {
        var queries = await QueriesAsync(cancellationToken);
        return
        [
            .. await database.ReadAsync(
                queries["GatewaysQueryKey"],
                command => command.With("DeploymentId", clusterId).With("Status", (int)SiloStatus.Active),
                static row => AddressOf(row, "ProxyPort"), cancellationToken)
        ];
    }

    public async Task<byte[]> ReadSecretAsync(CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(StoredQueries.Text("Clustering.Secret"), static _ => { }, cancellationToken);
        await database.ExecuteAsync(
            "INSERT INTO OrleansClusterSecret (DeploymentId, Secret) VALUES (@DeploymentId, @Secret) ON CONFLICT DO NOTHING",
            command => command.With("DeploymentId", clusterId).With("Secret", RandomNumberGenerator.GetBytes(SecretBytes)), cancellationToken);
        return (await database.ReadAsync(
            "SELECT Secret FROM OrleansClusterSecret WHERE DeploymentId = @DeploymentId",
            command => command.With("DeploymentId", clusterId), static row => (byte[])row[0], cancellationToken)).Single();
    }

    public void Dispose()
    {
        database.Dispose();
        _opening.Dispose();
    }

    private async ValueTask<StoredQueries> QueriesAsync(CancellationToken cancellationToken)
    {
        if (_queries is { } known) return known;

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_queries is { } other) return other;

            var queries = await StoredQueries.OpenAsync(database, "Clustering", cancellationToken);
            await database.ExecuteAsync(
                queries["InsertMembershipVersionKey"], command => command.With("DeploymentId", clusterId), cancellationToken);
            return _queries = queries;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<bool> IsWrittenAsync(string sql, Action<DbCommand> bind, CancellationToken cancellationToken) =>
        (await database.ReadAsync(sql, bind, static row => Convert.ToBoolean(row[0]), cancellationToken)).Single();

    private DbCommand Key(DbCommand command, SiloAddress address) => command
        .With("DeploymentId", clusterId).With("Address", address.Endpoint.Address.ToString())
        .With("Port", address.Endpoint.Port).With("Generation", address.Generation);

    private static (int Version, SiloMember? Member) ReadRow(DbDataReader row)
    {
        var version = (int)row["Version"];
        if (row["StartTime"] is DBNull) return (version, null); // the version alone: there are no members

        return (version, new SiloMember
        {
            Address = AddressOf(row, "Port"),
            Status = (SiloStatus)(int)row["Status"],
            Name = (string)row["SiloName"],
            HostName = (string)row["HostName"],
            GatewayPort = row["ProxyPort"] as int? ?? 0,
            StartTime = TimeOf(row, "StartTime"),
            IAmAliveTime = TimeOf(row, "IAmAliveTime"),
            Votes = SuspectTimes.Parse(row["SuspectTimes"] as string)
        });
    }

    private static SiloAddress AddressOf(DbDataReader row, string port) =>
        SiloAddress.New(IPAddress.Parse((string)row["Address"]), (int)row[port], (int)row["Generation"]);

    private static DateTimeOffset TimeOf(DbDataReader row, string column) =>
        new(DateTime.SpecifyKind((DateTime)row[column], DateTimeKind.Utc));
}
