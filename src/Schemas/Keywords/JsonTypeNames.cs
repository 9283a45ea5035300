namespace Actors.Schemas.Keywords;

internal static class JsonTypeNames
{
    private static readonly (JsonTypes Type, string Name, string Words)[] All =
    [
        (JsonTypes.Object, "object", "an object"),
        (JsonTypes.Array, "array", "an array"),
        (JsonTypes.String, "string", "a string"),
        (JsonTypes.Number, "number", "a number"),
        (JsonTypes.Integer, "integer", "an integer"),
        (JsonTypes.Boolean, "boolean", "true or false"),
        (JsonTypes.Null, "null", "null"),
    ];

    public static JsonTypes? Parse(string name)
    {
        foreach (var known in All)
        {
            if (known.Name == name)
                return known.Type;
        }
        return null;
    }

    public static string Describe(JsonTypes types) =>
        types == JsonTypes.None ? "of no type at all" : string.Join(" or ", All.Where(known => types.HasFlag(known.Type)).Select(known => known.Words));
}
