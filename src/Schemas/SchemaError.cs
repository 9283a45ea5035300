namespace Actors.Schemas;

/// <summary>One rule that an instance breaks.</summary>
/// <param name="InstancePath">Where in the instance, as a JSON pointer; empty for the whole.</param>
/// <param name="Place">The same for a reader: <c>arguments.items[2].name</c>.</param>
/// <param name="SchemaPath">The rule's place in the schema, as a URI or a fragment with a JSON pointer.</param>
/// <param name="Keyword">The rule: a keyword of the schema, or "limit" where a limit ended the validation.</param>
/// <param name="Message">One sentence: the place, what was expected and what was found.</param>
public sealed record SchemaError(string InstancePath, string Place, string SchemaPath, string Keyword, string Message)
{
    public const string Limit = "limit";

    public override string ToString() => Message;
}
