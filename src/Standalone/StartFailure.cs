using Actors.Storage.Postgres;
using Actors.Storage.Schema;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Standalone;

/// <summary>The failures to start whose message says what to do: a busy port, a setting, a database that is missing or refuses.</summary>
internal static class StartFailure
{
    public static bool Explains(Exception exception) => exception is
        IOException or InvalidOperationException or OptionsValidationException
        or PrivatePostgresException or SchemaException or NpgsqlException;
}
