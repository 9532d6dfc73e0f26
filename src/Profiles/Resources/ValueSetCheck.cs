using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>
/// A value set names systems by absolute URLs, codes its systems have, and does not include itself. What R4 states as
/// invariants (vsd-1 to vsd-11) is checked as such.
/// </summary>
sealed class ValueSetCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        var url = ElementPart.Url.First(node).Text;
        var compose = node.First("compose");
        if (!compose.Exists)
        {
            return;
        }

        foreach (var list in new[] { compose["include"], compose["exclude"] })
        {
            foreach (var include in list)
            {
                CheckInclude(run, node, include, url);
            }
        }
    }

    static void CheckInclude(ValidationRun run, FhirNode node, FhirNode include, string? url)
    {
        var system = ElementPart.System.First(include);
        if (system.Text is { } text && !text.Contains(':', StringComparison.Ordinal)
            && !IsContained(node, text))
        {
            run.Error(ResourceMessages.SystemRelative, system);
        }

        foreach (var valueSet in include["valueSet"])
        {
            if (url is not null && valueSet.Text == url)
            {
                run.Error(ResourceMessages.BoundToItself, valueSet);
            }
        }

        foreach (var concept in include["concept"])
        {
            var code = ElementPart.Code.First(concept);
            if (code.HasValue && system.HasValue && run.Profiles.Systems.Ask(run, system, code) == CodeAnswer.Out)
            {
                run.Warning(ResourceMessages.ConceptUnknown, code, system.Text);
            }
        }
    }

    /// <summary>R4's own examples draw on code systems that they contain.</summary>
    static bool IsContained(FhirNode valueSet, string reference) => reference.StartsWith('#')
        && ElementPart.Contained.All(valueSet).Any(one => ElementPart.Id.First(one).Text == reference[1..]);
}
