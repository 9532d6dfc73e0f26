using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Operations;

/// <summary>Another name of a concept: https://hl7.org/fhir/R4/codesystem.html#designations</summary>
public sealed record Designation(string? Language, Coding? Use, string Value)
{
    /// <summary>All that a concept of a code system or value set has.</summary>
    internal static IReadOnlyList<Designation> All(FhirNode concept)
    {
        List<Designation>? found = null;
        foreach (var node in concept["designation"])
        {
            if (node.First("value").Text is { } value)
            {
                var use = node.First("use");
                (found ??= []).Add(new Designation(
                    node.First("language").Text,
                    use.First("code").Text is { } code ? new Coding(use.First("system").Text, code) : null,
                    value));
            }
        }

        return found ?? (IReadOnlyList<Designation>)[];
    }
}
