namespace Actors.Chaos.Checker.Records;

/// <summary>All that a run recorded: what the checker decides from, and nothing else.</summary>
public sealed record History
{
    public IReadOnlyList<CallRecord> Calls { get; init; } = [];

    public IReadOnlyList<StreamEvent> Events { get; init; } = [];

    public IReadOnlyList<EffectRecord> Effects { get; init; } = [];

    public IReadOnlyList<FaultRecord> Faults { get; init; } = [];

    public IReadOnlyList<WebhookRecord> Webhooks { get; init; } = [];

    public IReadOnlyList<ScheduleRecord> Schedules { get; init; } = [];

    public IReadOnlyList<LimitRecord> Limits { get; init; } = [];

    public IReadOnlyList<WholeResult> Wholes { get; init; } = [];

    public IReadOnlyList<ClockReading> Clocks { get; init; } = [];

    /// <summary>Null: the run did not come that far.</summary>
    public FinalRead? Final { get; init; }
}
