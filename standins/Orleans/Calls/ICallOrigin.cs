namespace Orleans.Calls;

/// <summary>
/// The way back to a caller in another process. It is told once per call, and has taken the answer out of the call
/// when it returns: what the grain does next may change it. This inverts the dependency of calls on the transport.
/// </summary>
internal interface ICallOrigin
{
    /// <summary>The call has a result, for WriteResult to write, which throws where the result has no codec.</summary>
    void Answered(GrainCall call);

    void Failed(GrainCall call, Exception exception);

    /// <summary>The caller has given up meanwhile, so that there is no use in starting the call.</summary>
    bool IsOver { get; }
}
