using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>Gives a document its id, and leaves version and time for the commit to fill in.</summary>
static class Stamp
{
    internal static PendingJson Apply(FhirDocument document, string id)
    {
        var stamped = document.Stamp(id, "0", DateTimeOffset.UnixEpoch);
        return new PendingJson(
            stamped.Json,
            (stamped.Version.Offset, stamped.Version.Length),
            (stamped.Time.Offset, stamped.Time.Length));
    }

    /// <summary>The key of a resource in a caller's data; an id that is none is refused.</summary>
    internal static ResourceKey Key(Caller caller, string type, string id) => ResourceId.IsValid(id)
        ? new ResourceKey(caller.Tenant, type, id)
        : throw new FhirException(
            ProblemKind.Invalid, "value", "An id is 1 to 64 of the characters A-Z a-z 0-9 - and '.'.", $"{type}.id");
}
