using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.Operations;

/// <summary>How one concept stands to another: https://hl7.org/fhir/R4/codesystem-operation-subsumes.html</summary>
public enum Subsumption
{
    Equivalent,
    Subsumes,
    SubsumedBy,
    NotSubsumed,
}

/// <summary>The relation of two concepts of a code system.</summary>
static class Subsumptions
{
    internal static Subsumption Of(CodeSystem system, int a, int b) =>
        a == b ? Subsumption.Equivalent
        : system.Hierarchy.Subsumes(a, b)
            // Above each other both ways is a circle in the code system, in which nothing tells them apart.
            ? system.Hierarchy.Subsumes(b, a) ? Subsumption.Equivalent : Subsumption.Subsumes
        : system.Hierarchy.Subsumes(b, a) ? Subsumption.SubsumedBy
        : Subsumption.NotSubsumed;
}
