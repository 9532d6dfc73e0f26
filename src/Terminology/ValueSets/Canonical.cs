namespace FhirHub.Terminology.ValueSets;

/// <summary>A canonical URL in its two parts: https://hl7.org/fhir/R4/references.html#canonical</summary>
readonly record struct Canonical(string Url, string? Version)
{
    internal static Canonical Parse(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? new Canonical(text, null) : new Canonical(text[..bar], text[(bar + 1)..]);
    }

    internal static string Of(string url, string? version) => string.IsNullOrEmpty(version) ? url : $"{url}|{version}";

    public override string ToString() => Of(Url, Version);
}
