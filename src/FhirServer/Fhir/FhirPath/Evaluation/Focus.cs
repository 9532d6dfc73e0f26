namespace FhirHub.Fhir.FhirPath;

/// <summary>The item a part of an expression is evaluated on, and the variables it sees.</summary>
readonly record struct Focus(FhirPathValue This, int Index, Values? Total, VariableScope? Variables);
