using System.Text.RegularExpressions;
using Actors.Checkout;
using Actors.Silo.Tests.Guide;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Tests;

/// <summary>docs/writing-tools.md shows code that is compiled and runs.</summary>
public sealed partial class GuideTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private static readonly string[] Customers = ["Ann", "Bob"];

    private Post Post => fixture.Silo.Host.Services.GetRequiredService<Post>();

    [Fact]
    public async Task Every_piece_of_code_on_the_page_is_one_of_the_tests_tools()
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests/Silo.Tests/Guide/InvoiceTools.cs"), TestContext.Current.CancellationToken);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/writing-tools.md"), TestContext.Current.CancellationToken);

        var shown = Shown().Matches(page).Select(match => Lines(match.Groups[1].Value)).ToArray();
        Assert.Equal(4, shown.Length);
        Assert.Equal(Marked().Matches(source).Select(match => Lines(match.Groups[1].Value)), shown);
    }

    [Fact]
    public async Task The_ordinary_tool_and_the_job_send_the_invoices()
    {
        var plain = await fixture.Silo.CallAsync(Ask.Tool("send_invoices", new { customers = Customers, month = "May" }));
        Assert.Equal("Sent 2 invoices.", Ask.Text(plain.Result));

        var job = await fixture.Silo.RunAsync(Ask.Tool("send_invoices_as_job", new { customers = Customers, month = "June" }));
        Assert.Equal("Sent 2 invoices.", Ask.Text(job.Result));
        Assert.Equal(["June to Ann", "June to Bob", "May to Ann", "May to Bob"], Post.Letters.Where(l => l.StartsWith('J') || l.StartsWith("May", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_tool_in_steps_is_tried_again_and_sends_each_invoice_once()
    {
        Post.BeBusy(3);
        var job = await fixture.Silo.RunAsync(Ask.Tool("send_invoices_in_steps", new { customers = Customers, month = "April" }));
        Assert.Equal("Sent 2 invoices in attempt 4; the last: receipt of April to Bob.", Ask.Text(job.Result));
        Assert.Equal(["April to Ann", "April to Bob"], Post.Letters.Where(l => l.StartsWith("April", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_loop_with_checkpoints_goes_on_where_it_failed()
    {
        var job = await fixture.Silo.RunAsync(Ask.Tool("sum_up", new { last = 10 }));
        Assert.Equal("The sum is 55, in attempt 2.", Ask.Text(job.Result));
    }

    // As they are read: without the indentation that the class around them has.
    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex("// doc\n(.*?)// end\n", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
