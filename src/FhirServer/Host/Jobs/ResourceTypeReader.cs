using System.Text.Json;

namespace FhirHub.Host.Jobs;

/// <summary>Finds the type of a resource in its file, which usually stands first and may stand anywhere.</summary>
static class ResourceTypeReader
{
    const int FirstBytes = 16 * 1024;

    internal static string? Read(Stream json)
    {
        for (var size = (long)FirstBytes; ; size *= 8)
        {
            var length = (int)Math.Min(size, json.Length);
            var bytes = new byte[length];
            json.Position = 0;
            json.ReadExactly(bytes);
            var isWhole = length == json.Length;
            var type = Find(bytes, isWhole);
            if (type is not null || isWhole)
            {
                return type;
            }
        }
    }

    static string? Find(ReadOnlySpan<byte> json, bool isWhole)
    {
        var reader = new Utf8JsonReader(json, isWhole, default);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName
                && reader.ValueTextEquals("resourceType"u8))
            {
                return reader.Read() ? reader.GetString() : null;
            }
        }

        return null;
    }
}
