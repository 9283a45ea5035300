namespace Orleans.Connections;

/// <summary>What came over a connection is no frame.</summary>
internal sealed class BrokenFrameException(string message) : IOException(message);
