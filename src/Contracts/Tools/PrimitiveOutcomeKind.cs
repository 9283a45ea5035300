namespace Actors.Tools;

/// <summary>The ways a <see cref="PrimitiveCall"/> can end.</summary>
public enum PrimitiveOutcomeKind
{
    Completed = 0,
    Failed = 1,
    InputRequired = 2,
    BecomesJob = 3,
}
