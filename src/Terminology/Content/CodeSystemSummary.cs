using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Content;

/// <summary>What a list of code systems tells of each.</summary>
public sealed record CodeSystemSummary(string Url, string? Version, string Content)
{
    const string NotPresent = "not-present";

    /// <summary>Whether there are codes to ask about.</summary>
    public bool HasContent => Content is not (NotPresent or "supplement");

    internal static CodeSystemSummary Of(FhirNode system) => new(
        system.First("url").Text ?? "", system.First("version").Text, system.First("content").Text ?? NotPresent);

    /// <summary>The same of a resource that is not read as a whole, for it may be large.</summary>
    internal static CodeSystemSummary Read(ReadOnlySpan<byte> json)
    {
        var texts = JsonHead.Texts(json, "url", "version", "content");
        return new CodeSystemSummary(texts[0] ?? "", texts[1], texts[2] ?? NotPresent);
    }
}
