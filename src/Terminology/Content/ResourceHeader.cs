using System.Text.Json;

namespace FhirHub.Terminology.Content;

/// <summary>What tells the versions of a definition apart, read without reading the rest.</summary>
sealed record ResourceHeader(string? Type, string? Url, string? Version, string? Status)
{
    internal static ResourceHeader Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? type = null, url = null, version = null, status = null;
        reader.Read();
        // The concepts, which are nearly all of a large code system, usually come after all that is wanted.
        while ((type is null || url is null || version is null || status is null)
            && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "resourceType":
                    type = reader.GetString();
                    break;
                case "url":
                    url = reader.GetString();
                    break;
                case "version":
                    version = reader.GetString();
                    break;
                case "status":
                    status = reader.GetString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new ResourceHeader(type, url, version, status);
    }

    /// <summary>
    /// Which of two definitions of one URL is in force when nobody names a version: one that is active before a draft
    /// or a retired one, and the newer version among equals.
    /// </summary>
    internal static int Compare(ResourceHeader left, ResourceHeader right)
    {
        var byStatus = Rank(left.Status).CompareTo(Rank(right.Status));
        return byStatus != 0 ? byStatus : VersionOrder.Compare(left.Version, right.Version);
    }

    static int Rank(string? status) => status switch { "active" => 2, "retired" => 1, _ => 0 };
}
