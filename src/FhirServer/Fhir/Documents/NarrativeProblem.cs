namespace FhirHub.Fhir.Documents;

/// <summary>Something in a narrative that FHIR does not allow there.</summary>
/// <param name="Offset">Where it stands in the XHTML, in bytes.</param>
/// <param name="Text">What it is and what would be right.</param>
readonly record struct NarrativeProblem(int Offset, string Text);
