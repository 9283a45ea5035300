using System.Collections.Frozen;

namespace Actors.Schemas.Patterns;

/// <summary>The general categories, by the names that ECMA-262 takes from Unicode, in .NET's short form.</summary>
internal static class UnicodeCategories
{
    private static readonly FrozenDictionary<string, string> ByName = new (string Short, string Names)[]
    {
        ("L", "Letter"), ("Lu", "Uppercase_Letter"), ("Ll", "Lowercase_Letter"), ("Lt", "Titlecase_Letter"),
        ("Lm", "Modifier_Letter"), ("Lo", "Other_Letter"), ("M", "Mark Combining_Mark"), ("Mn", "Nonspacing_Mark"),
        ("Mc", "Spacing_Mark"), ("Me", "Enclosing_Mark"), ("N", "Number"), ("Nd", "Decimal_Number digit"),
        ("Nl", "Letter_Number"), ("No", "Other_Number"), ("P", "Punctuation punct"), ("Pc", "Connector_Punctuation"),
        ("Pd", "Dash_Punctuation"), ("Ps", "Open_Punctuation"), ("Pe", "Close_Punctuation"), ("Pi", "Initial_Punctuation"),
        ("Pf", "Final_Punctuation"), ("Po", "Other_Punctuation"), ("S", "Symbol"), ("Sm", "Math_Symbol"),
        ("Sc", "Currency_Symbol"), ("Sk", "Modifier_Symbol"), ("So", "Other_Symbol"), ("Z", "Separator"),
        ("Zs", "Space_Separator"), ("Zl", "Line_Separator"), ("Zp", "Paragraph_Separator"), ("C", "Other"),
        ("Cc", "Control cntrl"), ("Cf", "Format"), ("Cs", "Surrogate"), ("Co", "Private_Use"), ("Cn", "Unassigned"),
    }.SelectMany(category => category.Names.Split(' ').Append(category.Short).Select(name => (Name: name, category.Short)))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Short, StringComparer.Ordinal);

    public static string? Find(string name) => ByName.GetValueOrDefault(name);
}
