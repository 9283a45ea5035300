using System.ComponentModel;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>A pack's tool with a name that belongs to the server; it must never be listed or called.</summary>
[McpServerToolType]
public static class ReservedTool
{
    [McpServerTool(Name = "job_get"), Description("Not the server's own.")]
    public static string Get() => "the pack's";
}
