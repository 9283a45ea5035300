using System.Collections.Frozen;

namespace Actors.Frontend.JobTools;

/// <summary>The names of the server's own tools; a tool pack may not use them.</summary>
internal static class JobToolNames
{
    public const string Get = "job_get";
    public const string Wait = "job_wait";
    public const string Result = "job_result";
    public const string List = "job_list";
    public const string Cancel = "job_cancel";
    public const string Respond = "job_respond";
    public const string Log = "job_log";
    public const string Pin = "job_pin";
    public const string Retry = "job_retry";

    public const string ScheduleCreate = "schedule_create";
    public const string ScheduleList = "schedule_list";
    public const string ScheduleGet = "schedule_get";
    public const string SchedulePause = "schedule_pause";
    public const string ScheduleResume = "schedule_resume";
    public const string ScheduleDelete = "schedule_delete";

    public static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal, Get, Wait, Result, List, Cancel, Respond, Log, Pin, Retry,
        ScheduleCreate, ScheduleList, ScheduleGet, SchedulePause, ScheduleResume, ScheduleDelete);
}
