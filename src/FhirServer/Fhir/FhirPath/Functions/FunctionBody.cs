namespace FhirHub.Fhir.FhirPath;

/// <summary>What a function does with its input: adds to the output of the invocation.</summary>
delegate void FunctionBody(in Invocation call);
