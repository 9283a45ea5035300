using System.Text;
using Actors.Fuzz.Tests.Checks;
using Actors.Fuzz.Tests.Requests;
using Actors.Fuzz.Tests.Target;
using Actors.Fuzz.Tests.Wire;
using Xunit;

namespace Actors.Fuzz.Tests;

/// <summary>Each check fails where it is to: a run that finds nothing says something.</summary>
public sealed class CheckTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
    private const string Foreign = "0123456789abcdef0123456789abcdef";

    private static readonly Caller Ada = new("acme", "ada", "key-of-ada", "secret-of-ada-0123456789");
    private static readonly Caller Eve = new("globex", "eve", "key-of-eve", "secret-of-eve-0123456789");

    [Theory]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData(Ping, 200, "text/event-stream", "id: c1.0\ndata: \n\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n")]
    [InlineData(Ping, 400, "application/json", """{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"No."}}""")]
    [InlineData("{", 400, "application/json", """{"jsonrpc":"2.0","error":{"code":-32700,"message":"No."}}""")]
    [InlineData(Ping, 202, null, "")]
    public void A_right_answer_passes(string sent, int status, string? type, string body) => Assert.Empty(Find(sent, status, type, body));

    [Theory]
    [InlineData(Ping, 500, "application/json", """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"No."}}""", "status 500")]
    [InlineData(Ping, 200, "application/json", "", "no body")]
    [InlineData(Ping, 202, null, "x", "a body where")]
    [InlineData(Ping, 200, "text/html", "<html>", "content type")]
    [InlineData(Ping, 200, "application/json", "{", "not JSON")]
    [InlineData(Ping, 200, "application/json", "[]", "no object")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1}""", "neither result nor error")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{},"error":{}}""", "neither result nor error")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":[]}""", "a result that is no object")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":2,"result":{}}""", "which was not asked with")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","result":{}}""", "without an id")]
    [InlineData(Ping, 400, "application/json", """{"jsonrpc":"2.0","error":{"code":-32600,"message":"No."}}""", "without the id")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"error":{"code":-32600}}""", "without a code and a message")]
    [InlineData(Ping, 200, "text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\nodd\n\n", "a line that is of no event")]
    [InlineData(Ping, 200, "text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n", "ends within an event")]
    [InlineData(Ping, 200, "text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n", "several answers")]
    [InlineData("[" + Ping + "," + Ping + "]", 200, "text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n", "requests of a batch")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"System.NullReferenceException"}}""", "speaks of")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{"isError":true,"content":[{"type":"text","text":"23505: Npgsql"}]}}""", "speaks of")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"The server failed to serve this request."}}""", "nobody expected")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{"a":"secret-of-eve-0123456789"}}""", "the secret of")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{"a":"the database"}}""", "a key, or where")]
    [InlineData(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{"a":"0123456789abcdef0123456789abcdef"}}""", "was told the handle")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tasks/cancel\",\"params\":{\"taskId\":\"" + Foreign + "\"}}", 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{}}""", "task was opened")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"taskId\":\"" + Foreign + "\"}}", 200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"taskId\":\"" + Foreign + "\"}}", "somebody else's job")]
    public void A_wrong_answer_is_found(string sent, int status, string? type, string body, string fault) =>
        Assert.Contains(Find(sent, status, type, body), found => found.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Somebody_elses_session_that_was_entered_is_found() =>
        Assert.Contains("somebody else's session was entered", Find(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"result":{}}""", Foreign));

    [Fact]
    public void A_message_that_is_right_and_gets_an_error_is_found() =>
        Assert.Contains(Find(Ping, 200, "application/json", """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"No."}}""", altered: false), found => found.StartsWith("no \"result\"", StringComparison.Ordinal));

    [Fact]
    public void A_stream_that_a_GET_opened_owes_the_requests_in_its_body_no_answer() =>
        Assert.Empty(Find("[" + Ping + "]", 200, "text/event-stream", ":\n\n", verb: "GET"));

    private static IReadOnlyList<string> Find(
        string sent, int status, string? type, string body, string? session = null, bool altered = true, string verb = "POST")
    {
        var handles = new Handles();
        handles.Add(Handles.Job, Eve, Foreign);
        var shot = new Shot(Ada, Revisions.V20251125, sent[0] == '[' ? "batch" : "ping") { Verb = verb, Body = Encoding.UTF8.GetBytes(sent) };
        shot.SetHeader("Mcp-Session-Id", session);
        if (altered)
            shot.Alterations.Add("altered");
        var answer = new Answer { Status = status, Body = Encoding.UTF8.GetBytes(body), IsWhole = true };
        if (type is not null)
            answer.Headers["Content-Type"] = type;
        return AnswerCheck.Find(new Exchange(shot, answer, handles, [Ada, Eve], ["the database"]));
    }
}
