// The official C# SDK on the package ModelContextProtocol alone: its server and its transport for Streamable HTTP behind one endpoint,
// a server for each request, as its own ASP.NET Core package does for requests without a session. Tasks are kept in this process's memory.
//   Actors.Bench.SdkEndpoint --urls=http://127.0.0.1:5000
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Bench.SdkEndpoint;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
var tasks = new MemoryTasks();
var tools = new McpServerPrimitiveCollection<McpServerTool> { McpServerTool.Create(Tools.Echo), McpServerTool.Create(Tools.Hold) };
var messageType = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

app.MapGet("/", static () => Results.Ok());
app.MapPost("/mcp", async (HttpContext context) =>
{
    var message = await JsonSerializer.DeserializeAsync(context.Request.Body, messageType, context.RequestAborted);
    if (message is not JsonRpcRequest request)
        throw new BadHttpRequestException("Not a request.");
    request.Context = new JsonRpcMessageContext { ProtocolVersion = context.Request.Headers["MCP-Protocol-Version"].ToString() };
    await using var transport = new StreamableHttpServerTransport { Stateless = true };
    await using var server = McpServer.Create(transport, Options(), serviceProvider: context.RequestServices);
    var running = server.RunAsync(context.RequestAborted);
    context.Response.ContentType = "text/event-stream";
    await transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted);
    await transport.DisposeAsync();
    await running;
});
await app.RunAsync();

McpServerOptions Options()
{
    var options = new McpServerOptions
    {
        ServerInfo = new Implementation { Name = "bench", Version = "1.0.0" },
        ToolCollection = tools,
        ScopeRequests = false,
        RequestHandlers = tasks.Handlers,
    };
    options.Filters.Request.CallToolWithAlternateFilters.Add(tasks.RunAsTaskAsync);
    return options;
}
