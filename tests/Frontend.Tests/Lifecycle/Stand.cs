namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>Where a scripted job comes to rest until something is done to it.</summary>
internal enum Stand
{
    Hanging,
    Asking,
    Completed,
    ToolError,
    Failed,
    Cancelled,
}
