using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.Json;

namespace FhirHub.Profiles.Assertions;

/// <summary>Compares values with the fixed ones and the patterns of profiles.</summary>
static class NodeComparison
{
    /// <summary>
    /// Whether both have the same content, lists in the same order:
    /// https://hl7.org/fhir/R4/elementdefinition.html#fixed
    /// </summary>
    internal static bool AreSame(FhirNode expected, FhirNode actual)
    {
        if (!actual.Exists)
        {
            return false;
        }

        if (!ReferenceEquals(expected.Type, actual.Type) && !(expected.IsPrimitive && actual.IsPrimitive))
        {
            return false;
        }

        if (!HaveSameValue(expected, actual))
        {
            return false;
        }

        var count = 0;
        foreach (var child in expected.Children)
        {
            count++;
            if (child.Element is not { } element || Occurrence(expected, child) is not { } number
                || !AreSame(child, At(actual, element, number)))
            {
                return false;
            }
        }

        foreach (var _ in actual.Children)
        {
            count--;
        }

        return count == 0;
    }

    /// <summary>
    /// Whether the actual value has at least what the pattern has:
    /// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_
    /// </summary>
    internal static bool Includes(FhirNode pattern, FhirNode actual)
    {
        if (!actual.Exists || (!ReferenceEquals(pattern.Type, actual.Type)
            && !(pattern.IsPrimitive && actual.IsPrimitive)))
        {
            return false;
        }

        if (pattern.HasValue && !HaveSameValue(pattern, actual))
        {
            return false;
        }

        foreach (var child in pattern.Children)
        {
            if (child.Element is not { } element || !IncludedIn(child, actual, element))
            {
                return false;
            }
        }

        return true;
    }

    static bool IncludedIn(FhirNode wanted, FhirNode actual, ElementSchema element)
    {
        foreach (var candidate in Named(actual, element))
        {
            if (Includes(wanted, candidate))
            {
                return true;
            }
        }

        return false;
    }

    static bool HaveSameValue(FhirNode expected, FhirNode actual)
    {
        if (expected.HasValue != actual.HasValue)
        {
            return false;
        }

        return !expected.HasValue || (expected.IsEscaped
            ? actual.ValueEquals(System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(expected.RawValue)))
            : actual.ValueEquals(expected.RawValue));
    }

    static int? Occurrence(FhirNode parent, FhirNode child)
    {
        var number = 0;
        foreach (var sibling in parent.Children)
        {
            if (sibling == child)
            {
                return number;
            }

            number += ReferenceEquals(sibling.Element, child.Element) ? 1 : 0;
        }

        return null;
    }

    static FhirNode At(FhirNode parent, ElementSchema element, int number)
    {
        foreach (var node in Named(parent, element))
        {
            if (number-- == 0)
            {
                return node;
            }
        }

        return default;
    }

    /// <summary>The children of that element; where the types differ, of the element of that name.</summary>
    static FhirNodes Named(FhirNode parent, ElementSchema element) =>
        !parent.Exists ? default
            : ReferenceEquals(parent.Type, element.Owner) ? parent.Of(element)
            : parent.Type.TryGetElement(element.Name, out var own) ? parent.Of(own)
            : default;
}
