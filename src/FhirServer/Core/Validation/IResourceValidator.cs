namespace FhirHub.Core.Validation;

/// <summary>
/// Checks resources against R4 and against profiles: https://hl7.org/fhir/R4/validation.html. Structure and formats are
/// not its business: a document that was parsed has them.
/// </summary>
public interface IResourceValidator
{
    ValueTask<ValidationReport> ValidateAsync(ValidationRequest request, CancellationToken cancel);
}
