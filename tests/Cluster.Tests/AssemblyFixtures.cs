[assembly: AssemblyFixture(typeof(Actors.Cluster.Tests.RunningCluster))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
