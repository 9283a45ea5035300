using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver;

/// <summary>A row while it is measured: takes its figures, and says each at once.</summary>
internal sealed class RowRun(string name, Pace pace)
{
    private readonly List<Figure> _figures = [];
    private string? _work;

    public string Name => name;

    public Pace Pace => pace;

    public IReadOnlyList<Figure> Figures => _figures;

    public void Add(Figure figure)
    {
        if (figure.Work != _work)
            Console.WriteLine($"{name}: {_work = figure.Work}");
        _figures.Add(figure);
        Console.WriteLine(ConsoleTable.Line(figure));
    }
}
