using Actors.Schemas.Evaluation;
using Actors.Schemas.Keywords;

namespace Actors.Schemas.Compilation;

/// <summary>
/// Refuses a schema that refers back to itself without going into the instance, whatever the instance is. Where it depends on
/// the instance, <see cref="SchemaLimits.MaxNestedEvaluations"/> ends it.
/// </summary>
internal static class EndlessReferences
{
    public static void Refuse(SchemaNode root)
    {
        var done = new HashSet<SchemaNode>();
        var open = new Stack<SchemaNode>([root]);
        var reached = new HashSet<SchemaNode> { root };
        while (open.TryPop(out var node))
        {
            Follow(node, done);
            foreach (var next in node.Keywords.SelectMany(keyword => keyword.Subschemas).Where(reached.Add))
                open.Push(next);
        }
    }

    private static void Follow(SchemaNode start, HashSet<SchemaNode> done)
    {
        var active = new HashSet<SchemaNode>();
        var open = new Stack<(SchemaNode Node, bool IsLeaving)>([(start, false)]);
        while (open.TryPop(out var next))
        {
            if (next.IsLeaving)
            {
                active.Remove(next.Node);
                continue;
            }
            if (active.Contains(next.Node))
                throw new SchemaFaultException(next.Node.Location, "the schema refers to itself without end.");
            if (!done.Add(next.Node))
                continue;
            active.Add(next.Node);
            open.Push((next.Node, true));
            foreach (var same in next.Node.Keywords.Where(keyword => keyword is ReferenceKeyword or AllOfKeyword).SelectMany(keyword => keyword.Subschemas))
                open.Push((same, false));
        }
    }
}
