using System.Text;

namespace Actors.Bench.Simulation.Tables;

/// <summary>A table as the documents show it.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    public MarkdownTable(params IReadOnlyCollection<string> head)
    {
        Add(head);
        Add([.. head.Select(_ => "---")]);
    }

    public void Add(params IReadOnlyCollection<string> cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    public override string ToString() => _text.ToString();
}
