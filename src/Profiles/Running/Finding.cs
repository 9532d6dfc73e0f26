using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Running;

/// <summary>Something found in a run. Texts and paths are made of it only if it is still wanted at the end.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is said.</param>
/// <param name="Node">The node it is about.</param>
/// <param name="Element">The element below the node that is missing, where one is.</param>
/// <param name="Arguments">What goes into the gaps of the message.</param>
/// <param name="Profile">The profile that asks for it; null for R4 itself.</param>
readonly record struct Finding(
    IssueSeverity Severity, Message Message, FhirNode Node, string? Element, object?[] Arguments, string? Profile)
{
    internal bool IsError => Severity is IssueSeverity.Error or IssueSeverity.Fatal;

    /// <summary>
    /// Whether both say the same of the same node: several profiles inherit the same rules, and a slice has those of
    /// the element. What is missing is missing once, whichever definition asks for it.
    /// </summary>
    internal bool IsSameAs(in Finding other) =>
        Severity == other.Severity && Message == other.Message && Node == other.Node && Element == other.Element
        && (Element is not null || Arguments.AsSpan().SequenceEqual(other.Arguments));
}
