using System.Buffers.Text;
using System.Text;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// The JSON-RPC id of a request that carries a job's question. It says whose question it is, so that the answer finds the job from
/// any frontend; whether the caller may answer is for the job to say.
/// </summary>
internal readonly record struct QuestionId(string Job, string Key)
{
    private const string Kind = "j.";

    public override string ToString() => $"{Kind}{Job}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Key))}";

    public static bool TryParse(string text, out QuestionId id)
    {
        id = default;
        if (!text.StartsWith(Kind, StringComparison.Ordinal))
            return false;
        var dot = text.IndexOf('.', Kind.Length);
        if (dot < 0 || !JobKey.IsHandle(text[Kind.Length..dot]) || !Base64Url.IsValid(text.AsSpan(dot + 1)))
            return false;
        id = new QuestionId(text[Kind.Length..dot], Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text.AsSpan(dot + 1))));
        return true;
    }
}
