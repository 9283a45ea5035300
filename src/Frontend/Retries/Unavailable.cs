using Actors.Frontend.Mcp.Errors;

namespace Actors.Frontend.Retries;

/// <summary>What a client is told when something is away that will be back.</summary>
internal static class Unavailable
{
    public static RefusedException Because(Exception exception) => new(
        Refusal.Unavailable,
        $"{What(exception)} Nothing that was acknowledged is lost. Try again in a few seconds.");

    private static string What(Exception exception) => exception switch
    {
        _ when Transient.IsStorage(exception) => "The database is not available at the moment.",
        TimeoutException => "There was no answer in time: a silo or the database hangs, or is just being replaced.",
        _ => "The silo that this request needs is not available at the moment.",
    };
}
