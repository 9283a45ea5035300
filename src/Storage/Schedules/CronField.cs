using System.Globalization;

namespace Actors.Storage.Schedules;

/// <summary>
/// A field of a cron expression, as the set of its values: <c>*</c>, numbers and names, ranges <c>a-b</c>, steps <c>*/n</c>, <c>a-b/n</c> and
/// <c>a/n</c> (from a to the end), and lists of all that.
/// </summary>
internal readonly record struct CronField
{
    private readonly ulong _values;

    private CronField(ulong values, string text)
    {
        _values = values;
        IsStar = text[0] == '*';
        IsEnumerated = !text.AsSpan().ContainsAny("*-/");
    }

    /// <summary>Begins with a star: of the two fields for days, such a one only narrows the other.</summary>
    public bool IsStar { get; }

    /// <summary>Single values only, no range, step or star.</summary>
    public bool IsEnumerated { get; }

    public bool Has(int value) => ((_values >> value) & 1) != 0;

    /// <exception cref="FormatException">With a sentence for whoever wrote it.</exception>
    public static CronField Parse(string text, CronFieldKind kind)
    {
        ulong values = 0;
        foreach (var part in text.Split(','))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            var step = slash < 0 ? 1 : Number(part[(slash + 1)..], kind, part);
            if (step < 1)
                throw Fault(kind, part, "has a step below 1");
            var (from, to) = Range(slash < 0 ? part : part[..slash], slash >= 0, kind, part);
            for (var value = from; value <= to; value += step)
                values |= 1UL << (kind == CronFieldKind.DayOfWeek ? value % 7 : value);
        }

        return new CronField(values, text);
    }

    private static (int From, int To) Range(string range, bool hasStep, CronFieldKind kind, string part)
    {
        if (range == "*")
            return (kind.Min, kind.Max);
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var from = Value(dash < 0 ? range : range[..dash], kind, part);
        if (dash < 0)
            return (from, hasStep ? kind.Max : from);
        var to = Value(range[(dash + 1)..], kind, part);
        // SAT-SUN: a week ends with a Sunday too.
        if (kind == CronFieldKind.DayOfWeek && to == 0 && from > 0)
            to = 7;
        return from <= to ? (from, to) : throw Fault(kind, part, "ends before it begins");
    }

    private static int Value(string text, CronFieldKind kind, string part)
    {
        for (var index = 0; index < kind.Names.Length; index++)
        {
            if (kind.Names[index].Equals(text, StringComparison.OrdinalIgnoreCase))
                return kind.Min + index;
        }

        var value = Number(text, kind, part);
        var max = kind == CronFieldKind.DayOfWeek ? 7 : kind.Max;
        return value >= kind.Min && value <= max ? value : throw Fault(kind, part, $"is not within {kind.Min} to {max}");
    }

    private static int Number(string text, CronFieldKind kind, string part) =>
        text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault(kind, part, "is not one that five-field cron has (numbers, names, *, a-b, and /n; no L, W, # or ?)");

    private static FormatException Fault(CronFieldKind kind, string part, string problem) =>
        new($"The {kind.Name} '{(part.Length <= 40 ? part : part[..40])}' {problem}.");
}
