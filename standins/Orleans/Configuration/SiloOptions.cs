namespace Orleans.Configuration;

public class SiloOptions
{
    /// <summary>The silo's name. Default: "Silo_" and five random digits.</summary>
    public string SiloName { get; set; } = null!;
}
