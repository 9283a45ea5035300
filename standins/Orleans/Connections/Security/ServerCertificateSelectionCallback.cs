using System.Security.Cryptography.X509Certificates;

namespace Orleans.Connections.Security;

public delegate X509Certificate ServerCertificateSelectionCallback(object sender, string? hostName);
