using Actors.Jobs;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>The URI of a job's resource. Whatever else begins with <c>job://</c> is for the packs, like any other URI.</summary>
/// <param name="Text">As the client wrote it.</param>
/// <param name="JobId">The handle.</param>
/// <param name="Resource">What of the job.</param>
/// <param name="Query">From the question mark on, or empty.</param>
internal sealed record JobUri(string Text, string JobId, JobResource Resource, string Query)
{
    private const string Scheme = "job://";

    /// <summary>Null: it names no job's resource.</summary>
    public static JobUri? TryParse(string uri)
    {
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        var question = uri.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? uri.AsSpan(Scheme.Length) : uri.AsSpan(Scheme.Length, question - Scheme.Length);
        var slash = path.IndexOf('/');
        var id = (slash < 0 ? path : path[..slash]).ToString();
        JobResource? resource = (slash < 0 ? "" : path[slash..]) switch
        {
            "" => JobResource.State,
            "/result" => JobResource.Result,
            "/log" => JobResource.Log,
            _ => null,
        };
        return resource is { } known && JobKey.IsHandle(id) ? new JobUri(uri, id, known, question < 0 ? "" : uri[question..]) : null;
    }
}
