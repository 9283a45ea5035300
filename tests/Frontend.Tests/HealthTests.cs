using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What a balancer asks.</summary>
public sealed class HealthTests(Server server)
{
    [Theory]
    [InlineData("/healthz", "ok")]
    [InlineData("/readyz", "ready")]
    public async Task A_running_server_is_live_and_ready_without_a_key_and_under_any_host(string path, string text)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        request.Headers.Host = "10.0.0.7";

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
