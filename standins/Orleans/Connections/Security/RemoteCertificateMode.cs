namespace Orleans.Connections.Security;

public enum RemoteCertificateMode
{
    /// <summary>None is asked for.</summary>
    NoCertificate = 0,

    /// <summary>One is asked for, and checked where it is given.</summary>
    AllowCertificate = 1,

    /// <summary>Without a valid one there is no connection.</summary>
    RequireCertificate = 2
}
