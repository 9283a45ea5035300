using System.Text.Json;
using Actors.Frontend.Mcp.Sessions;
using Xunit;

namespace Actors.Frontend.Tests;

public sealed class ToolFailureTests
{
    [Fact]
    public void A_long_failure_is_cut_between_characters()
    {
        var result = new { isError = true, content = new[] { new { type = "text", text = new string('a', 499) + "\U0001F600 and more" } } };
        Assert.Equal(new string('a', 499) + "…", ToolFailure.Read(JsonSerializer.SerializeToUtf8Bytes(result)));
    }
}
