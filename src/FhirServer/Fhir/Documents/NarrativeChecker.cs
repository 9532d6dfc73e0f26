namespace FhirHub.Fhir.Documents;

static class NarrativeChecker
{
    internal const int DepthMax = 128;

    internal static bool StandsAlone(ReadOnlySpan<byte> xhtml) => !xhtml.IsEmpty;
}
