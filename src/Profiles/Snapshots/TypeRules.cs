using FhirHub.Fhir.Definitions;

namespace FhirHub.Profiles.Snapshots;

/// <summary>Which types may take the place of which.</summary>
static class TypeRules
{
    /// <summary>
    /// Whether a constraint may name the type: it is permitted itself, or specialises one that is, as any resource does
    /// <c>Resource</c> and any data type <c>Element</c>.
    /// </summary>
    internal static bool IsPermitted(string code, IReadOnlySet<string> permitted)
    {
        if (permitted.Contains(code) || permitted.Contains("*"))
        {
            return true;
        }

        for (var type = Find(code); type is not null; type = type.Base)
        {
            if (permitted.Contains(type.Name))
            {
                return true;
            }
        }

        return false;
    }

    static TypeSchema? Find(string code) => FhirSchema.R4.TryGetType(code, out var type) ? type : null;
}
