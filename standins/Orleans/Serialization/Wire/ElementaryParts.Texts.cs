using System.Globalization;

namespace Orleans.Serialization.Wire;

/// <summary>Values that are written as their text.</summary>
internal static partial class ElementaryParts
{
    public static Uri ReadUri(ref WireReader reader)
    {
        var text = reader.ReadString();
        return text is null ? null!
            : Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var value) ? value
            : throw WireReader.Corrupt("a URI has no form");
    }

    public static Version ReadVersion(ref WireReader reader)
    {
        var text = reader.ReadString();
        return text is null ? null!
            : Version.TryParse(text, out var value) ? value
            : throw WireReader.Corrupt("a version has no form");
    }

    public static CultureInfo ReadCulture(ref WireReader reader)
    {
        var name = reader.ReadString();
        try
        {
            return name is null ? null! : CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            throw WireReader.Corrupt("a culture is unknown");
        }
    }

    public static Type ReadType(ref WireReader reader)
    {
        var name = reader.ReadBytes();
        return name is null ? null! : TypeNames.FindType(name);
    }
}
