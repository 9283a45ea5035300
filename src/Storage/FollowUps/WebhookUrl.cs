using System.Net;

namespace Actors.Storage.FollowUps;

/// <summary>Where a message may be sent to, as far as the address says by itself; what its name stands for is checked when it is sent.</summary>
public static class WebhookUrl
{
    /// <returns>What is wrong with it, as the end of a sentence; null: nothing.</returns>
    public static string? Fault(string text, WebhookOptions options)
    {
        if (text.Length > options.MaxUrlLength)
            return $"is over the limit of {options.MaxUrlLength} characters (Actors:Webhooks:MaxUrlLength)";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
            return "must be an https URL";
        if (url.Scheme == "http" && !options.AllowHttp)
            return "must be an https URL: this server sends nothing without TLS (Actors:Webhooks:AllowHttp)";
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return "must have neither a user name nor a fragment";
        // A name may stand for such an address as well.
        return !options.AllowPrivateAddresses && IPAddress.TryParse(url.IdnHost, out var address) && !PublicAddress.Is(address)
            ? "is not an address of the public internet"
            : null;
    }
}
