using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Placeholder.</summary>
sealed class SemanticCheck(string text, bool strict)
{
    internal void Check(Expr expression, TypeSchema context) => _ = (text, strict, expression, context);
}
