using Actors.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

// Starts a private server in the folder it is given, says how to reach it, and waits to be ended, by its input or worse.
await using var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = args[0] }, NullLogger.Instance);
Console.WriteLine(postgres.ConnectionString);
await Console.In.ReadToEndAsync();
