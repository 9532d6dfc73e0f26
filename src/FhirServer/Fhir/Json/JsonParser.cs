using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

/// <summary>Placeholder for the parser, replaced in the next commit.</summary>
static class JsonParser
{
    internal static ParseResult Parse(ReadOnlyMemory<byte> utf8Json, FhirSchema schema, ParseOptions options) =>
        new(new FhirDocument(schema, utf8Json, []), [options.IsLenient ? null! : null!]);
}
