using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Jobs;

/// <summary>What one job may hold. Section <c>Actors:Jobs</c>.</summary>
public sealed class JobLimits
{
    /// <summary>How often a watch looks at the row of a job that another silo owns. Default 500 ms.</summary>
    public TimeSpan ForeignWatchInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long what a waiting job was told of its place in line goes on being told. Default 1 s.</summary>
    public TimeSpan PlaceAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of a call's params; more is refused at creation. Default 1 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxParamsBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes of a result; more fails the job. Default 64 MiB.</summary>
    [Range(1, 512 * 1024 * 1024)]
    public int MaxResultBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Bytes of a result that its job's row holds; a larger one is stored in chunks, and the row holds its beginning. Default 256 KiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int SpillResultBytes { get; set; } = 256 * 1024;

    /// <summary>Characters of text that stand for a result which is stored in chunks. Default 2,000.</summary>
    [Range(0, 100_000)]
    public int SpilledPreviewChars { get; set; } = 2000;

    /// <summary>Bytes of an error's data; more is left out. Default 64 KiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxErrorDataBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes of a checkpoint; more is refused to the tool. Default 1 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxCheckpointBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes of one step's result; more fails the job. Default 1 MiB.</summary>
    [Range(1, 64 * 1024 * 1024)]
    public int MaxStepBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes of all a job's steps; more fails the job. Default 16 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxStepBytesPerJob { get; set; } = 16 * 1024 * 1024;

    /// <summary>Steps of one job; more fails the job. Default 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxStepsPerJob { get; set; } = 1000;

    /// <summary>Attempts kept in a job's record; of more, the latest. Default 50.</summary>
    [Range(1, 1000)]
    public int MaxAttemptRecords { get; set; } = 50;

    /// <summary>The longest delay that a tool's <c>TransientException</c> can ask for; more is cut. Default 1 day.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Bytes of a log line's data; more is replaced by a line that says so. Default 16 KiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxLogLineBytes { get; set; } = 16 * 1024;

    /// <summary>Characters of a progress message, an error or a reason; more is cut. Default 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxMessageLength { get; set; } = 1000;

    /// <summary>Bytes of one question's params; more is refused to the tool. Default 64 KiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxQuestionBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes of one answer; more is refused to the client. Default 256 KiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxAnswerBytes { get; set; } = 256 * 1024;

    /// <summary>Questions in the life of a job; more is refused to the tool. Default 256.</summary>
    [Range(1, int.MaxValue)]
    public int MaxQuestions { get; set; } = 256;

    /// <summary>How long a question stays open whose tool does not say: nothing waits for ever by accident. Default 30 days.</summary>
    public TimeSpan InputTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often progress reaches Postgres at most; watchers see it at once. Default 1 s.</summary>
    public TimeSpan ProgressWriteInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a record is kept at least after its job's end, or half as long as it was to be kept in all where that is shorter: the result of a job that
    /// waited for days can still be read. Default 1 day.
    /// </summary>
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromDays(1);
}
