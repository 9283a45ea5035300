using System.ComponentModel.DataAnnotations;

namespace Actors.Frontend.Authentication;

/// <summary>Who may call without a key. Section <c>Actors:Authentication</c>.</summary>
public sealed class AuthenticationOptions
{
    private const string AnonymousTenantForm =
        "Actors:Authentication:AnonymousTenant must be 1 to 64 of a-z, 0-9 and the hyphen. To require a key, remove it: an empty value does not.";

    /// <summary>
    /// The tenant that callers without a key belong to, or null (the default): a key is required. Set, the process refuses
    /// to start unless every address it listens on is loopback.
    /// </summary>
    [StringLength(64, MinimumLength = 1, ErrorMessage = AnonymousTenantForm)]
    [RegularExpression("^[a-z0-9-]*$", ErrorMessage = AnonymousTenantForm)]
    public string? AnonymousTenant { get; set; }

    /// <summary>How often the key of an open stream is looked at again, so that a revocation ends the stream too; 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromSeconds(30);
}
