using Actors.Frontend.Mcp.Errors;

namespace Actors.Frontend.Retries;

/// <summary>What a client is told when something is away that will be back.</summary>
internal static class Unavailable
{
    public static RefusedException Because(Exception exception) => new(
        Refusal.Unavailable,
        Transient.IsStorage(exception)
            ? "The database is not available at the moment. Nothing that was acknowledged is lost. Try again in a few seconds."
            : "The silo that this request needs is not available at the moment. Nothing that was acknowledged is lost. Try again in a few seconds.");
}
