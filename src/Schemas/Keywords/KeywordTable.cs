using Actors.Schemas.Compilation;

namespace Actors.Schemas.Keywords;

/// <summary>All keywords, in the order in which they are applied: the cheap and telling ones first.</summary>
internal static class KeywordTable
{
    private delegate Keyword? Reader(SchemaReader schema);

    private static readonly Reader[] References =
    [
        schema => ReferenceKeyword.Read(schema, "$ref"),
        schema => schema.Dialect.HasRecursiveRef ? ReferenceKeyword.Read(schema, "$recursiveRef") : null,
        DynamicReferenceKeyword.Read,
    ];

    private static readonly Reader[] Validation =
    [
        TypeKeyword.Read,
        schema => ValueKeyword.Read(schema, "const"),
        schema => ValueKeyword.Read(schema, "enum"),
        schema => BoundKeyword.Read(schema, "minimum"),
        schema => BoundKeyword.Read(schema, "maximum"),
        schema => BoundKeyword.Read(schema, "exclusiveMinimum"),
        schema => BoundKeyword.Read(schema, "exclusiveMaximum"),
        MultipleOfKeyword.Read,
        schema => CountKeyword.Read(schema, "minLength"),
        schema => CountKeyword.Read(schema, "maxLength"),
        schema => CountKeyword.Read(schema, "minItems"),
        schema => CountKeyword.Read(schema, "maxItems"),
        schema => CountKeyword.Read(schema, "minProperties"),
        schema => CountKeyword.Read(schema, "maxProperties"),
        PatternKeyword.Read,
        UniqueItemsKeyword.Read,
        RequiredKeyword.Read,
        schema => DependentRequiredKeyword.Read(schema, "dependentRequired"),
        schema => DependentRequiredKeyword.Read(schema, "dependencies"),
    ];

    private static readonly Reader[] Applicators =
    [
        PropertiesKeyword.Read,
        PropertyNamesKeyword.Read,
        ItemsKeyword.Read,
        ContainsKeyword.Read,
        AllOfKeyword.Read,
        AnyOfKeyword.Read,
        OneOfKeyword.Read,
        NotKeyword.Read,
        ConditionKeyword.Read,
        schema => DependentSchemasKeyword.Read(schema, "dependentSchemas"),
        schema => DependentSchemasKeyword.Read(schema, "dependencies"),
    ];

    private static readonly Reader[] Unevaluated = [UnevaluatedItemsKeyword.Read, UnevaluatedPropertiesKeyword.Read];

    public static Keyword[] Read(SchemaReader schema)
    {
        var dialect = schema.Dialect;
        if (dialect.RefHidesSiblings && schema.Has("$ref"))
            return [ReferenceKeyword.Read(schema, "$ref")!];
        IEnumerable<Reader> table = References;
        if (dialect.HasValidation)
            table = table.Concat(Validation);
        if (dialect.AssertsFormats || schema.Options.AssertFormats)
            table = table.Append(FormatKeyword.Read);
        if (dialect.HasApplicators)
            table = table.Concat(Applicators);
        if (dialect.HasUnevaluated)
            table = table.Concat(Unevaluated);
        return [.. table.Select(read => read(schema)).OfType<Keyword>()];
    }
}
