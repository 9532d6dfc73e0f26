using FhirHub.Core.Model;

namespace FhirHub.Core.Terminology;

/// <summary>
/// What search and validation ask of code systems and value sets: https://hl7.org/fhir/R4/terminology-module.html. Each
/// answer is what the caller's tenant has stored, before what ships with the hub. A question that cannot be answered
/// for certain is answered with a problem and never with a guess.
/// </summary>
public interface ITerminology
{
    /// <summary>Every code of a value set, which is named by its canonical URL with or without a version.</summary>
    ValueTask<Answer<Expansion>> ExpandAsync(
        string valueSet, ExpansionLimits limits, Caller caller, CancellationToken cancel);

    /// <summary>
    /// Whether a code is in a value set. A coding without a system is in it when any of its systems has the code in it:
    /// that is what an element of type <c>code</c> asks.
    /// </summary>
    ValueTask<Answer<bool>> ContainsAsync(string valueSet, Coding coding, Caller caller, CancellationToken cancel);

    /// <summary>The code and all codes it subsumes: https://hl7.org/fhir/R4/search.html#token (:below)</summary>
    ValueTask<Answer<IReadOnlyList<Coding>>> DescendantsAsync(
        Coding coding, ExpansionLimits limits, Caller caller, CancellationToken cancel);

    /// <summary>The code and all codes that subsume it: https://hl7.org/fhir/R4/search.html#token (:above)</summary>
    ValueTask<Answer<IReadOnlyList<Coding>>> AncestorsAsync(
        Coding coding, ExpansionLimits limits, Caller caller, CancellationToken cancel);

    /// <summary>What a code system says of one of its codes.</summary>
    ValueTask<Answer<CodeEntry>> LookupAsync(Coding coding, Caller caller, CancellationToken cancel);
}
