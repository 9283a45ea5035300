namespace Actors.Frontend.Mcp.Discovery;

/// <summary><c>instructions</c>: what a model is told of this server before it calls anything.</summary>
internal static class Instructions
{
    /// <summary>For a client that may know no tasks, or those of 2025-11-25.</summary>
    public static readonly string WithJobTools =
        """
        Tools of this server that take long run as durable jobs: they go on when a connection drops or the server restarts.
        Such a call answers directly if it ends soon; otherwise it returns a job id:
        call job_wait with it until the job has ended, then job_result. Keep the id; it stays valid. job_list finds jobs again.
        """.ReplaceLineEndings(" ");

    /// <summary>For a client of 2026-07-28, with the tasks extension or without.</summary>
    public static readonly string WithTasks =
        """
        Tools of this server that take long run as durable jobs: they go on when a connection drops or the server restarts.
        With the tasks extension such a call returns a task; poll it with tasks/get at its pollIntervalMs.
        Without the extension such a call answers directly if it ends soon; otherwise it returns a job id:
        call job_wait with it until the job has ended, then job_result. Keep the id; it stays valid.
        """.ReplaceLineEndings(" ");
}
