namespace Orleans.Contract.Tests.StandIn.AdoNet;

public interface IStoredGrain : IGrainWithStringKey
{
    /// <summary>Adds to the stored sum and returns it.</summary>
    Task<int> AddAsync(int value);

    /// <summary>Deactivates the grain.</summary>
    Task LeaveAsync();
}
