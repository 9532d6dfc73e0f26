using System.Buffers.Binary;
using System.Security.Cryptography;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The words of a resource.</summary>
/// <param name="Content">Those of everything but the narrative.</param>
/// <param name="Narrative">Those of the narrative.</param>
readonly record struct ResourceText(Utf8Text Content, Utf8Text Narrative)
{
    internal bool IsEmpty => Content.IsEmpty && Narrative.IsEmpty;

    /// <summary>The words among what a resource is found by.</summary>
    internal static ResourceText Of(IReadOnlyList<SearchEntry> entries)
    {
        var text = default(ResourceText);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Value is SearchValue.Words words)
            {
                text = entries[i].Parameter.Url == ResourceWords.TextUrl
                    ? text with { Narrative = words.Tokens }
                    : text with { Content = words.Tokens };
            }
        }

        return text;
    }

    /// <summary>The words of a stored version, all of them.</summary>
    internal static ResourceText Of(ReadOnlyMemory<byte> json)
    {
        var (narrative, content) = ResourceWords.Of(json);
        return new ResourceText(content, narrative);
    }

    /// <summary>What tells whether words are the same; zero for none.</summary>
    internal static long Hash(Utf8Text words)
    {
        if (words.IsEmpty)
        {
            return 0;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(words.Span, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash) is var first and not 0 ? first : 1;
    }
}
