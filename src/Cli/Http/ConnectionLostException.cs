namespace Actors.Cli.Http;

/// <summary>No answer, because of the way to the server.</summary>
/// <param name="message">What happened, in words.</param>
/// <param name="mayHaveArrived">False: the server surely did not get the whole request.</param>
/// <param name="cause">What the runtime said.</param>
internal sealed class ConnectionLostException(string message, bool mayHaveArrived, Exception cause) : Exception(message, cause)
{
    public bool MayHaveArrived => mayHaveArrived;
}
