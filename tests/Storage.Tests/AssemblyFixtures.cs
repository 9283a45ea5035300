using Actors.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]
