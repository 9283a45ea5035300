[assembly: AssemblyFixture(typeof(Actors.Cli.Tests.Service))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
