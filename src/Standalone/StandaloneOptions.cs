using System.ComponentModel.DataAnnotations;

namespace Actors.Standalone;

/// <summary>What a laptop's process keeps for itself. Section <c>Actors:Standalone</c>.</summary>
public sealed class StandaloneOptions
{
    public const string Section = "Actors:Standalone";

    /// <summary>The folder of the private PostgreSQL and of the first key; <c>.data</c> in the working folder.</summary>
    [Required]
    public string DataFolder { get; set; } = ".data";

    /// <summary>The tenant that is made on the first start; <c>dev</c>.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,64}$")]
    public string Tenant { get; set; } = "dev";
}
