using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>A code to be validated: https://hl7.org/fhir/R4/valueset-operation-validate-code.html</summary>
public sealed record CodeQuestion(Coding Coding)
{
    /// <summary>The version of the system the code is said to be from; null when nobody says.</summary>
    public string? Version { get; init; }

    /// <summary>The display that came with it, to be checked; null when none did.</summary>
    public string? Display { get; init; }

    /// <summary>Whether a code that only groups others is right here.</summary>
    public bool AllowsAbstract { get; init; }

    /// <summary>The language the answer's display is wanted in.</summary>
    public string? DisplayLanguage { get; init; }
}
