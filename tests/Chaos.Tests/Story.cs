using System.Text.Json;
using Actors.Chaos.Checker;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Tests;

/// <summary>
/// Writes a record by hand, as a run would have. Each request takes ten milliseconds and starts when the one before has ended, unless
/// it says when.
/// </summary>
internal sealed class Story
{
    public const string Ann = "blue/ann";
    public const string Bob = "blue/bob";
    public const string Eve = "red/eve";
    public const string Handle = "00000000000000000000000000000001";
    public const string First = "frontend-1";
    public const string Second = "frontend-2";

    private const double RequestMs = 10;
    private const string CreatedAt = "2026-07-28T10:00:00.000Z";

    private readonly List<CallRecord> _calls = [];
    private readonly List<StreamEvent> _events = [];
    private readonly List<EffectRecord> _effects = [];
    private readonly List<ScheduleRecord> _schedules = [];
    private readonly List<FaultRecord> _faults = [];
    private readonly List<WebhookRecord> _webhooks = [];
    private readonly List<LimitRecord> _limits = [];
    private readonly List<WholeResult> _wholes = [];
    private FinalRead? _final;
    private double _nowMs;

    public static string Token(string caller = Ann) => TokenText.Create(caller, 1);

    public History History => new()
    {
        Calls = _calls,
        Events = _events,
        Effects = _effects,
        Schedules = _schedules,
        Faults = _faults,
        Webhooks = _webhooks,
        Limits = _limits,
        Wholes = _wholes,
        Final = _final,
        // The database's clock runs with the driver's.
        Clocks = [new ClockReading(0, 0, 0)],
    };

    /// <summary>What the checker finds.</summary>
    public IReadOnlyList<Violation> Findings => HistoryCheck.Run(History);

    /// <summary>The broken promises, each once.</summary>
    public IEnumerable<Promise> Broken => Findings.Select(finding => finding.Promise).Distinct();

    public Story Create(string tool = "chaos_steps", string arguments = """{"steps":2}""", string caller = Ann, string handle = Handle, string? key = null, bool? wantsWebhook = null, string? then = null,
        int? delayMs = null, double? startAtMs = null, string? token = null) => Call(
        "tools/call",
        Result($$"""{"resultType":"task",{{Task("working", handle: handle)}}}"""),
        caller,
        tool: tool,
        token: token ?? Token(caller),
        sent: arguments,
        key: key,
        wantsWebhook: wantsWebhook,
        then: then,
        delayMs: delayMs,
        startAtMs: startAtMs);

    /// <summary>A job_retry of Ann's, and the job that it was answered with.</summary>
    public Story Retry(string again, string of = Handle, string? retryOf = null) => Call(
        "tools/call",
        Result($$"""{"content":[],"structuredContent":{"job_id":"{{again}}","status":"queued","attempt":0,"retry_of":"{{retryOf ?? of}}","created_at":"{{CreatedAt}}"},"isError":false}"""),
        tool: "job_retry",
        handle: of);

    /// <summary>A call that was not taken because of a limit.</summary>
    public Story Full(long value, long current, int retryAfterMs = 1000, string token = "tok-blue.ann-1") => Call(
        "tools/call",
        Result($$"""{"content":[],"structuredContent":{"limit":"waiting jobs of yours","value":{{value}},"current":{{current}},"retry_after_ms":{{retryAfterMs}}},"isError":true}"""),
        tool: "chaos_steps",
        token: token);

    public Story Limit(int? running = null, int? ofPrincipal = null, int? waiting = null, double fromMs = 0, double toMs = 1_000_000)
    {
        _limits.Add(new LimitRecord { Tenant = "blue", MaxRunning = running, MaxRunningPerPrincipal = ofPrincipal, MaxWaitingPerPrincipal = waiting, FromMs = fromMs, ToMs = toMs });
        return this;
    }

    /// <summary>A result of Ann's job that was read in pieces.</summary>
    public Story Whole(string text, long size = 6_000, string sha256 = "00")
    {
        _wholes.Add(new WholeResult { Job = Handle, Size = size, Sha256 = sha256, Text = LongText.Of(text), Calls = [1] });
        return this;
    }

    /// <summary>The effects of a call that followed a job.</summary>
    public Story Link(string job, string token, string parent = Handle, string status = "completed", bool ends = true, string tenant = "blue")
    {
        Effect("start", note: token, job: job, tenant: tenant).Effect("link", note: $"{parent} {status}", job: job, tenant: tenant);
        return ends ? Effect("end", job: job, tenant: tenant) : this;
    }

    /// <summary>A message about Ann's job to the webhook of her call.</summary>
    public Story Told(string status = "completed", string id = "msg_1", bool isSigned = true, bool isAccepted = true, string job = Handle)
    {
        _webhooks.Add(new WebhookRecord { Token = Token(), Id = id, Job = job, Status = status, IsSigned = isSigned, IsAccepted = isAccepted, AtMs = _nowMs });
        return this;
    }

    /// <summary>A call with a key that was refused for the job of other arguments.</summary>
    public Story Conflict(string key, string arguments, string handle = Handle) => Call(
        "tools/call",
        $$$"""{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"The idempotency key '{{{key}}}' stands for a call with other arguments, which became the job {{{handle}}}.","data":{"idempotencyKey":"{{{key}}}","taskId":"{{{handle}}}"} } }""",
        tool: "chaos_steps",
        token: Token(),
        sent: arguments,
        key: key);

    /// <summary>An answer by job_respond, and what its caller was told.</summary>
    public Story Responds(string key, string text, bool isTaken = true) => Call(
        "tools/call",
        Result(isTaken
            ? """{"content":[{"type":"text","text":"The answer is taken. The job runs."}],"isError":false}"""
            : """{"content":[{"type":"text","text":"The job asks nothing now: it is running. Call job_get to see where it stands."}],"isError":true}"""),
        tool: "job_respond",
        handle: Handle,
        sent: $$$"""{"{{{key}}}":{"action":"accept","content":{"answer":"{{{text}}}"} } }""");

    /// <summary>A schedule of Ann's that was due for the first time at minute 0, and what it said of itself in the end.</summary>
    /// <param name="rule">one, skip or all.</param>
    /// <param name="next">The minute when it is due next.</param>
    /// <param name="runs">Each as ScheduleRun writes it.</param>
    public Story Schedule(string rule, int next, params string[] runs)
    {
        _schedules.Add(new ScheduleRecord { Caller = Ann, Name = "every-minute", Token = Token(), CatchUp = rule, FirstDueMs = 0, CreatedMs = 0 });
        return Call("tools/call", Result("""{"content":[],"structuredContent":{"name":"every-minute"} }"""), tool: "schedule_create", token: Token(), sent: """{"name":"every-minute"}""")
            .After(TimeSpan.FromMinutes(next - 1)).Final().Call(
                "tools/call",
                Result($$$"""{"content":[],"structuredContent":{"name":"every-minute","next_at":"{{{Minute(next)}}}","runs":[{{{string.Join(',', runs)}}}]},"isError":false}"""),
                tool: "schedule_get",
                token: Token(),
                sent: """{"name":"every-minute"}""");
    }

    /// <summary>A row of a schedule's runs.</summary>
    public static string Ran(int minute, string outcome = "started", string? job = null, string status = "completed", int? last = null) =>
        $$"""{"due_at":"{{Minute(minute)}}","outcome":"{{outcome}}"{{(last is { } to ? $",\"last_due_at\":\"{Minute(to)}\"" : "")}}{{(job is null ? "" : $",\"job_id\":\"{job}\",\"job_status\":\"{status}\"")}}}""";

    /// <summary>The effects of a run of the schedule, from its start to its end, in seconds.</summary>
    public Story RunOf(string job, double from, double to) =>
        Effect("start", note: Token(), job: job, atMs: from * 1000).Effect("end", job: job, atMs: to * 1000);

    public Story Fault(string kind, double fromMs, double toMs)
    {
        _faults.Add(new FaultRecord(kind, "silo-1", fromMs, toMs));
        return this;
    }

    /// <summary>The beats of an attempt that held its place from one moment to another.</summary>
    public Story Beats(string tool, string job, double fromMs, double toMs, int attempt = 1, string tenant = "blue", bool isHeld = true) =>
        Effect("beat", attempt, 1, tool, tenant: tenant, atMs: fromMs, job: job, heldMs: isHeld ? fromMs - 1 : null)
            .Effect("beat", attempt, 2, tool, tenant: tenant, atMs: toMs, job: job, heldMs: isHeld ? toMs - 1 : null);

    private static string Minute(int minute) => DateTimeOffset.UnixEpoch.AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="status">As the tasks extension names it.</param>
    /// <param name="more">Further members of the task, as JSON with a leading comma.</param>
    /// <param name="updated">Seconds after the job was created.</param>
    /// <param name="via">The endpoint.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="startMs">When; it ends when the next would have.</param>
    public Story Get(string status, string more = "", double updated = 0, string via = First, string caller = Ann, double? startMs = null) =>
        Call("tasks/get", Result($$"""{"resultType":"complete",{{Task(status, updated)}}{{more}}}"""), caller, via, handle: Handle, startMs: startMs);

    public Story Completed(string text, string via = First, double updated = 9, string caller = Ann) =>
        Get("completed", $$""","result":{"content":[{"type":"text","text":{{JsonSerializer.Serialize(text)}}}]}""", updated, via, caller);

    /// <summary>The end of a chaos_steps of two steps, as its tool says it.</summary>
    public Story Completed(int attempt = 1, string via = First) => Completed($"{Token()} steps 2 attempt {attempt}", via);

    public Story Asks(string key, int question = 1) =>
        Get("input_required", $$$""","inputRequests":{"{{{key}}}":{"method":"elicitation/create","params":{"message":"{{{Token()}}} question {{{question}}}"} } }""");

    public Story Progress(int attempt, int step, double updated, double? startMs = null) =>
        Get("working", $$""","statusMessage":"{{step}} of 2: attempt {{attempt}}" """, updated, startMs: startMs);

    public Story JobGet(string status, int attempt = 1, string? cancel = null) => Call(
        "tools/call",
        Result($$"""{"content":[],"structuredContent":{"job_id":"{{Handle}}","status":"{{status}}","attempt":{{attempt}}{{(cancel is null ? "" : $",\"cancel\":\"{cancel}\"")}}},"isError":false}"""),
        tool: "job_get",
        handle: Handle);

    public Story JobList(string caller, params string[] handles) => Call(
        "tools/call",
        Result($$"""{"content":[],"structuredContent":{"jobs":[{{string.Join(',', handles.Select(handle => $$"""{"job_id":"{{handle}}","status":"completed","created_at":"{{CreatedAt}}"}"""))}}]},"isError":false}"""),
        caller,
        tool: "job_list");

    public Story Cancel(string caller = Ann, Outcome outcome = Outcome.Answered) =>
        Call("tasks/cancel", Result("""{"resultType":"complete"}"""), caller, handle: Handle, outcome: outcome);

    public Story Answer(string key, string text, Outcome outcome = Outcome.Answered) => Call(
        "tasks/update",
        Result("""{"resultType":"complete"}"""),
        handle: Handle,
        sent: $$$"""{"{{{key}}}":{"action":"accept","content":{"answer":"{{{text}}}"} } }""",
        outcome: outcome);

    public Story Error(int code, int status, string message, string method = "tasks/get", string caller = Ann, string? tool = null) => Call(
        method, $$$"""{"jsonrpc":"2.0","id":1,"error":{"code":{{{code}}},"message":{{{JsonSerializer.Serialize(message)}}} } }""", caller, tool: tool, handle: Handle, status: status);

    public Story Unknown(string caller = Ann, string method = "tasks/get") =>
        Error(-32602, 200, "There is no task with this taskId for you: it is mistyped, expired, or belongs to somebody else.", method, caller);

    /// <summary>A stream that was acknowledged for these handles, and carries these states.</summary>
    public Story Listen(string caller, string[] accepted, params string[] tasks)
    {
        Call("subscriptions/listen", null, caller, handle: Handle);
        Event($$$"""{"method":"notifications/subscriptions/acknowledged","params":{"notifications":{"taskIds":{{{JsonSerializer.Serialize(accepted)}}} } } }""");
        foreach (var task in tasks)
            Event($$$"""{"method":"notifications/tasks","params":{{{{task}}}}}""");
        return this;
    }

    public Story Effect(string kind, int attempt = 1, int step = 0, string note = "", bool refused = false, string tenant = "blue", double? atMs = null, string job = Handle, double? heldMs = null, string? family = null)
    {
        _effects.Add(new EffectRecord
        {
            Seq = _effects.Count + 1,
            DatabaseMs = atMs ?? _nowMs,
            Tenant = tenant,
            Job = job,
            Attempt = attempt,
            Kind = kind,
            Step = step,
            Note = note,
            Refused = refused,
            HeldMs = heldMs,
            Family = family ?? job,
        });
        return this;
    }

    /// <summary>The effects of an attempt of chaos_steps that goes on after a checkpoint.</summary>
    public Story Steps(int attempt, int from, int to, bool ends = true)
    {
        Effect("start", attempt, from);
        for (var step = from + 1; step <= to; step++)
            Effect("step", attempt, step);
        return ends ? Effect("end", attempt) : this;
    }

    public Story Final()
    {
        _final = new FinalRead(_nowMs, [First, Second]);
        return this;
    }

    /// <summary>Lets time pass.</summary>
    public Story After(TimeSpan time)
    {
        _nowMs += time.TotalMilliseconds;
        return this;
    }

    public Story Call(
        string method, string? body, string caller = Ann, string via = First, string? tool = null, string? handle = null, string? token = null,
        string? sent = null, int status = 200, Outcome outcome = Outcome.Answered, double? startMs = null, string? key = null, bool? wantsWebhook = null,
        string? then = null, int? delayMs = null, double? startAtMs = null)
    {
        _calls.Add(new CallRecord
        {
            Id = _calls.Count + 1,
            Client = "client",
            Caller = caller,
            Via = via,
            Method = method,
            Tool = tool,
            Handle = handle,
            Token = token,
            Key = key,
            WantsWebhook = wantsWebhook,
            Then = then is null ? null : JsonElement.Parse(then),
            DelayMs = delayMs,
            StartAtMs = startAtMs,
            Sent = sent is null ? null : JsonElement.Parse(sent),
            StartMs = startMs ?? ++_nowMs,
            EndMs = _nowMs += RequestMs,
            Outcome = outcome,
            Status = outcome is Outcome.Answered ? status : 0,
            Body = outcome is Outcome.Answered && body is not null ? JsonElement.Parse(body) : null,
        });
        return this;
    }

    /// <summary>The members of a task.</summary>
    public static string Task(string status, double updated = 0, string handle = Handle) =>
        $"\"taskId\":\"{handle}\",\"status\":\"{status}\",\"createdAt\":\"{CreatedAt}\",\"lastUpdatedAt\":\"{DateTimeOffset.Parse(CreatedAt, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(updated):yyyy-MM-ddTHH:mm:ss.fffZ}\"";

    public static string Result(string result) => $$"""{"jsonrpc":"2.0","id":1,"result":{{result}}}""";

    private void Event(string body) => _events.Add(new StreamEvent { Stream = _calls.Count, AtMs = ++_nowMs, Body = JsonElement.Parse(body) });
}
