using System.Text.Json;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;

namespace Actors.Storage.Tests.Jobs;

/// <summary>A job in a list.</summary>
/// <param name="Status">Its state.</param>
/// <param name="IsOwned">Whether a silo has it, if it has not ended.</param>
/// <param name="Tool">Its tool.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="IsMine">Whether it is the caller's.</param>
/// <param name="Second">When it was created.</param>
public sealed record ListedJob(JobStatus Status, bool IsOwned, string Tool, string? Labels, bool IsMine, int Second)
{
    internal JobRow Row(string tenant, SiloLease lease)
    {
        var row = StorageHarness.NewRow(tenant) with { Status = Status, Tool = Tool, Labels = Labels, CreatedAt = StorageHarness.Time(Second) };
        if (!IsMine) row = row with { Owner = row.Owner with { Subject = "bob" } };
        if (Status >= JobStatus.Completed) return row with { EndedAt = StorageHarness.Time(Second + 1) };
        return IsOwned ? row with { Silo = lease.Silo, Epoch = lease.Epoch } : row;
    }

    public bool Matches(JobFilter filter) =>
        IsMine
        && (filter.Status is null || filter.Status == Status)
        && (filter.Tool is null || filter.Tool == Tool)
        && (filter.CreatedFrom is null || StorageHarness.Time(Second) >= filter.CreatedFrom)
        && (filter.CreatedBefore is null || StorageHarness.Time(Second) < filter.CreatedBefore)
        && (filter.Label is not { } label || Has(label));

    private bool Has(JobLabel label) =>
        Labels is not null && JsonSerializer.Deserialize<Dictionary<string, string>>(Labels)!.TryGetValue(label.Name, out var value)
        && (label.Value is null || label.Value == value);
}
