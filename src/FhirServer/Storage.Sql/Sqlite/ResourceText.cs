using System.Security.Cryptography;
using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The words of a resource.</summary>
/// <param name="Narrative">Those of its narrative.</param>
/// <param name="Content">Those of everything else.</param>
readonly record struct ResourceText(Utf8Text Narrative, Utf8Text Content)
{
    const int HashLength = 12;

    internal bool IsEmpty => Narrative.IsEmpty && Content.IsEmpty;

    /// <summary>What tells whether two are the same.</summary>
    internal byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Narrative.Span);
        hash.AppendData([0]);
        hash.AppendData(Content.Span);
        return Encoding.ASCII.GetBytes(Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, HashLength)));
    }
}
