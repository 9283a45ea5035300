using Actors.Workshop.Tests;

[assembly: AssemblyFixture(typeof(WorkshopServer))]
