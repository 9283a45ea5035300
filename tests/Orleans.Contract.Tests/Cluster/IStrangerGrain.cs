namespace Orleans.Contract.Tests.Cluster;

/// <summary>No grain implements it.</summary>
internal interface IStrangerGrain : IGrainWithStringKey
{
    Task StrangeAsync();
}
