namespace Actors.Silo.FollowUps;

/// <summary>What became of one try to deliver a message.</summary>
internal sealed record WebhookAnswer
{
    private WebhookAnswer(string text) => Text = text;

    /// <summary>For the job's owner: a few words, and nothing of what the receiver sent.</summary>
    public string Text { get; }

    public bool IsAccepted { get; private init; }

    /// <summary>No further try can end otherwise.</summary>
    public bool IsFinal { get; private init; }

    public static WebhookAnswer Accepted(int status) => new($"status {status}") { IsAccepted = true, IsFinal = true };

    public static WebhookAnswer Failed(string reason) => new(reason);

    public static WebhookAnswer Hopeless(string reason) => new(reason) { IsFinal = true };
}
