using System.Text.Json;

namespace FhirHub.Terminology.Content;

/// <summary>Texts that stand at the top of a resource, read without reading the rest.</summary>
static class JsonHead
{
    /// <summary>The texts of properties, in the order of their names here; null for those that are not there.</summary>
    internal static string?[] Texts(ReadOnlySpan<byte> json, params ReadOnlySpan<string> names)
    {
        var texts = new string?[names.Length];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        // The concepts, which are nearly all of a large code system, usually come after all that is wanted.
        while (Array.IndexOf(texts, null) >= 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!; // a property has one
            reader.Read();
            if (names.IndexOf(name) is var i and >= 0)
            {
                texts[i] = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return texts;
    }
}
