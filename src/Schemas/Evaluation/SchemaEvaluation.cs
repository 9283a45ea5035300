using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Schemas.Keywords;

namespace Actors.Schemas.Evaluation;

/// <summary>One validation under way: its budget, where it is, and, once errors are collected, what it found.</summary>
internal sealed class SchemaEvaluation(SchemaLimits limits, string name, bool tracksScope)
{
    private readonly List<PathSegment> _path = [];
    private List<SchemaError>? _errors;
    private int _steps;
    private int _depth;

    public SchemaLimits Limits => limits;

    public DynamicScope? Scope { get; private set; }

    /// <summary>What the regular expressions that can be slow have taken so far.</summary>
    public TimeSpan PatternTime { get; set; }

    public bool IsCollecting => _errors is not null;

    /// <summary>Whether the first failure settles it: nobody wants to know more.</summary>
    public bool IsDecided => _errors is null || _errors.Count >= limits.MaxErrors;

    public IReadOnlyList<SchemaError> Errors => _errors!;

    /// <summary>Starts over, with a budget of the same size again.</summary>
    public void CollectErrors()
    {
        _errors = [];
        _steps = 0;
    }

    public void Step(int count = 1)
    {
        if (count > limits.MaxSteps - _steps)
            throw new SchemaLimitException($"it takes more than {limits.MaxSteps} steps.");
        _steps += count;
    }

    /// <summary>Pays for looking at so much text.</summary>
    public void StepBytes(int length) => Step(1 + (length >> 5));

    /// <returns>The scope to give to <see cref="Leave"/>.</returns>
    public DynamicScope? Enter(SchemaResource resource, string location)
    {
        if (++_depth > limits.MaxNestedEvaluations)
            throw new SchemaLimitException(
                $"more than {limits.MaxNestedEvaluations} subschemas are nested in one another, or one refers to itself without end.", location);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new SchemaLimitException("its subschemas are nested too deeply.", location);
        var outer = Scope;
        if (tracksScope && outer?.Resource != resource)
            Scope = new DynamicScope(resource, outer);
        return outer;
    }

    public void Leave(DynamicScope? outer)
    {
        _depth--;
        Scope = outer;
    }

    public bool EvaluateMember(SchemaNode node, JsonProperty member)
    {
        if (_errors is null)
            return node.Evaluate(member.Value, this, null);
        return EvaluateAt(node, member.Value, new PathSegment(member.Name, 0));
    }

    public bool EvaluateItem(SchemaNode node, JsonElement item, int index) =>
        _errors is null ? node.Evaluate(item, this, null) : EvaluateAt(node, item, new PathSegment(null, index));

    /// <summary>Whether it is valid, with no word about why not.</summary>
    public bool EvaluateQuietly(SchemaNode node, JsonElement instance, EvaluatedSet? seen)
    {
        var errors = _errors;
        _errors = null;
        var isValid = node.Evaluate(instance, this, seen);
        _errors = errors;
        return isValid;
    }

    /// <summary>Evaluates one of several branches, with errors in a list of its own: it may not matter that it fails.</summary>
    public bool EvaluateBranch(SchemaNode node, JsonElement instance, EvaluatedSet? seen, out List<SchemaError> errors)
    {
        var outer = _errors;
        _errors = errors = [];
        var isValid = node.Evaluate(instance, this, seen);
        _errors = outer;
        return isValid;
    }

    /// <summary>Adds an error, and is false, for a keyword to return.</summary>
    public bool Fail(KeywordPlace keyword, string rest) =>
        Report(keyword, InstancePath.Pointer(_path), Place(), $"{Place()} {rest}");

    /// <summary>The same about a member that is there.</summary>
    public bool FailMember(KeywordPlace keyword, string member, string rest)
    {
        _path.Add(new PathSegment(member, 0));
        var place = Place();
        var pointer = InstancePath.Pointer(_path);
        _path.RemoveAt(_path.Count - 1);
        return Report(keyword, pointer, place, $"{place} {rest}");
    }

    public bool FailWith(IEnumerable<SchemaError> errors)
    {
        _errors!.AddRange(errors.Take(Math.Max(0, limits.MaxErrors - _errors.Count)));
        return false;
    }

    public string Pointer() => InstancePath.Pointer(_path);

    private string Place() => InstancePath.Readable(name, _path);

    private bool Report(KeywordPlace keyword, string pointer, string place, string message)
    {
        if (_errors!.Count < limits.MaxErrors)
            _errors.Add(new SchemaError(pointer, place, keyword.Location, keyword.Name, message));
        return false;
    }

    private bool EvaluateAt(SchemaNode node, JsonElement instance, PathSegment segment)
    {
        _path.Add(segment);
        var isValid = node.Evaluate(instance, this, null);
        _path.RemoveAt(_path.Count - 1);
        return isValid;
    }
}
