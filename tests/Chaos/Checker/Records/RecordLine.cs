namespace Actors.Chaos.Checker.Records;

/// <summary>One line of a record's file: one of these is there.</summary>
internal sealed record RecordLine
{
    public CallRecord? Call { get; init; }

    public StreamEvent? Event { get; init; }

    public EffectRecord? Effect { get; init; }

    public FaultRecord? Fault { get; init; }

    public WebhookRecord? Webhook { get; init; }

    public ScheduleRecord? Schedule { get; init; }

    public LimitRecord? Limit { get; init; }

    public WholeResult? Whole { get; init; }

    public ClockReading? Clock { get; init; }

    public FinalRead? Final { get; init; }
}
