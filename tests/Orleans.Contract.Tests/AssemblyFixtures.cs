[assembly: AssemblyFixture(typeof(Actors.Testing.PostgresServer))]
