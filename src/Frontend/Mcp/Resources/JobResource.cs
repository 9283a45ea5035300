namespace Actors.Frontend.Mcp.Resources;

/// <summary>What of a job a URI names.</summary>
internal enum JobResource
{
    /// <summary><c>job://{id}</c></summary>
    State,

    /// <summary><c>job://{id}/result</c></summary>
    Result,

    /// <summary><c>job://{id}/log</c></summary>
    Log,
}
