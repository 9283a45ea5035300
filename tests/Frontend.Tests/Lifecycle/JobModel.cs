namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>What a scripted job must be like after anything that was done to it: the promises, in a few lines and without the machinery.</summary>
internal sealed class JobModel
{
    private readonly IReadOnlyList<string> _script;
    private readonly Dictionary<string, string> _answers = [];
    private readonly HashSet<string> _failed = [];
    private readonly HashSet<string> _worked = [];
    private (int Next, string Trace) _saved = (0, "");
    private int _next;

    public JobModel(IReadOnlyList<string> script)
    {
        _script = script;
        Run();
    }

    public Stand Stand { get; private set; }

    public string Trace { get; private set; } = "";

    /// <summary>Attempts that failed and were followed by another.</summary>
    public int Retried { get; private set; }

    /// <summary>The steps whose work was done: once in the job's life, whatever fails after them.</summary>
    public IReadOnlyCollection<string> Worked => _worked;

    /// <summary>The question that is open, while <see cref="Lifecycle.Stand.Asking"/>.</summary>
    public string? Question { get; private set; }

    public bool IsTerminal => Stand is Stand.Completed or Stand.ToolError or Stand.Failed or Stand.Cancelled;

    public void Answer(string question, string action)
    {
        // Only an open question can be answered, and only once.
        if (Stand is Stand.Asking && question == Question)
        {
            _answers[question] = action;
            Run();
        }
    }

    public void Cancel()
    {
        // What has ended stays as it is.
        if (!IsTerminal)
            Stand = Stand.Cancelled;
    }

    private void Run()
    {
        Question = null;
        for (; _next < _script.Count; _next++)
        {
            var (what, name) = Line.Parse(_script[_next]);
            switch (what)
            {
                case Line.Checkpoint:
                    _saved = (_next + 1, Trace);
                    break;
                case Line.Transient or Line.Shaky when _failed.Add(name):
                    if (Retried + 1 == ScriptedTool.MaxAttempts)
                    {
                        Stand = Stand.Failed;
                        return;
                    }
                    Retried++;
                    // The next attempt begins after the last checkpoint; answers that were given are there already.
                    (_next, Trace) = _saved;
                    _next--;
                    break;
                case Line.Step or Line.Shaky:
                    _worked.Add(name);
                    Trace += $"{name}:1;";
                    break;
                case Line.Ask when _answers.TryGetValue(name, out var action):
                    Trace += $"{name}:{action};";
                    break;
                case Line.Ask:
                    (Stand, Question) = (Stand.Asking, name);
                    return;
                case Line.Hang:
                    Stand = Stand.Hanging;
                    return;
                case Line.ToolError:
                    Stand = Stand.ToolError;
                    return;
                case Line.ProtocolError:
                    Stand = Stand.Failed;
                    return;
            }
        }
        Stand = Stand.Completed;
    }
}
