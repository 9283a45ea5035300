// What ASP.NET Core can do at most: every request is answered with the bytes of one file, with no routing, no authentication
// and no look at the body.
//   Actors.Bench.Bare --urls=http://127.0.0.1:5000 --Body=path
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var body = File.ReadAllBytes(builder.Configuration["Body"] ?? throw new InvalidOperationException("Name a file with --Body."));
var app = builder.Build();
app.Run(context =>
{
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
});
await app.RunAsync();
