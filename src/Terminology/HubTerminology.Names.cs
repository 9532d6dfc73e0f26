using FhirHub.Core.Model;
using FhirHub.Core.Terminology;

namespace FhirHub.Terminology;

/// <summary>
/// The names that code systems and identifiers go by: https://hl7.org/fhir/R4/namingsystem-operation-preferred-id.html
/// </summary>
public sealed partial class HubTerminology
{
    const string OidStart = "urn:oid:";

    /// <param name="id">An identifier of the system: an OID, a URI, or another.</param>
    /// <param name="type">The type wanted: oid, uuid, uri or other.</param>
    /// <param name="caller">Whose definitions are in force.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Answer<string>> PreferredIdAsync(string id, string type, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            // An OID is the same with and without the prefix that makes a URI of it.
            string[] spellings = id.StartsWith(OidStart, StringComparison.Ordinal)
                ? [id, id[OidStart.Length..]]
                : [id, OidStart + id];
            var systems = await _library.NamingSystemsAsync(caller, spellings, cancel);
            var ids = systems.SelectMany(system => system["uniqueId"])
                .Where(one => one.First("type").Text == type)
                .OrderByDescending(one => one.First("preferred").Text == "true")
                .Select(one => one.First("value").Text)
                .FirstOrDefault();
            return new Answer<string>(
                ids ?? throw new FhirException(
                    ProblemKind.NotFound, "not-found",
                    systems.Count == 0
                        ? $"No naming system here has the identifier {id}."
                        : $"The naming system of {id} has no identifier of type '{type}'."),
                null,
                []);
        });
    }
}
