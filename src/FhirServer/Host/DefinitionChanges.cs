using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;

namespace FhirHub.Host;

/// <summary>Tells everybody who keeps something of definitions that others have come or gone with a package.</summary>
sealed class DefinitionChanges(ProfileChanges profiles, TerminologyChanges codes)
{
    internal void Note()
    {
        profiles.Note();
        codes.Note();
    }
}
