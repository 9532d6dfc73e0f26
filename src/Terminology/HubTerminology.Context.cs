using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology;

/// <summary>
/// The value set that an element is bound to: https://hl7.org/fhir/R4/valueset-operation-expand.html (context)
/// </summary>
public sealed partial class HubTerminology
{
    const int ProfilesMax = 10; // one derived from the other

    /// <param name="context">
    /// <c>[StructureDefinition]#[element]</c>, the element by its id or path; the URL of R4 may be left out, as in
    /// <c>Patient.gender</c>.
    /// </param>
    /// <param name="asOf">The moment as of which stored definitions count; null for now.</param>
    /// <param name="caller">Whose definitions are in force.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Answer<DefinitionChoice>> BoundAsync(
        string context, DateTimeOffset? asOf, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            const string Types = "http://hl7.org/fhir/StructureDefinition/";
            var hash = context.IndexOf('#', StringComparison.Ordinal);
            var (url, element) = hash > 0
                ? (context[..hash], context[(hash + 1)..])
                : (Types + context.Split('.')[0], context);
            if (hash <= 0 && context.Contains('/', StringComparison.Ordinal))
            {
                throw new FhirException(
                    ProblemKind.Invalid, "value",
                    "'context' takes [StructureDefinition]#[element], or an element of R4 such as Patient.gender.");
            }

            var isThere = false;
            var next = url;
            for (var depth = 0; depth < ProfilesMax && next is not null; depth++)
            {
                var profile = await _library.DocumentAsync(
                    caller, "StructureDefinition", DefinitionChoice.Of(next), asOf, cancel);
                if (!profile.Exists)
                {
                    throw new FhirException(
                        ProblemKind.NotFound, "not-found", $"The structure definition {next} is not here; store it.");
                }

                foreach (var found in Elements(profile, element))
                {
                    isThere = true;
                    if (found.At("binding.valueSet").Text is { } valueSet)
                    {
                        return new Answer<DefinitionChoice>(DefinitionChoice.Of(valueSet), null, []);
                    }
                }

                // A profile says only what it changes.
                next = profile.First("baseDefinition").Text;
            }

            throw new FhirException(
                ProblemKind.Unprocessable, "invalid",
                isThere
                    ? $"'{element}' of {url} is not bound to a value set."
                    : $"{url} has no element '{element}'; name one by its id or path, such as Patient.gender.");
        });
    }

    static IEnumerable<FhirNode> Elements(FhirNode profile, string element) =>
        new[] { profile.First("snapshot"), profile.First("differential") }
            .SelectMany(view => view["element"])
            .Where(one => one.First("id").Text == element || one.First("path").Text == element
                || one.First("sliceName").Text == element);
}
