using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>What became of a wish to cancel, in one word and in one sentence.</summary>
internal static class CancelText
{
    public static string Word(CancelState cancel) => cancel switch
    {
        CancelState.Requested => "requested",
        CancelState.Delivered => "delivered",
        CancelState.Stopped => "stopped",
        CancelState.TooLate => "too_late",
        CancelState.Ignored => "ignored",
        _ => "none",
    };

    public static string Sentence(CancelState cancel) => cancel switch
    {
        CancelState.Stopped => "The tool has stopped.",
        CancelState.TooLate => "The job had ended before; its outcome stands.",
        CancelState.Ignored => "The tool did not stop in time and was cut off; what it did outside may stand.",
        CancelState.Delivered => "The tool has been told and has not stopped yet.",
        _ => "The wish is stored; the tool will be told.",
    };
}
