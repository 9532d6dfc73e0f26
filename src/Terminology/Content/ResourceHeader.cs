namespace FhirHub.Terminology.Content;

/// <summary>What tells the versions of a definition apart, read without reading the rest.</summary>
sealed record ResourceHeader(string? Type, string? Url, string? Version, string? Status)
{
    internal static ResourceHeader Read(ReadOnlySpan<byte> json)
    {
        var texts = JsonHead.Texts(json, "resourceType", "url", "version", "status");
        return new ResourceHeader(texts[0], texts[1], texts[2], texts[3]);
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
