using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>
/// What holds for every extension: value or extensions, a definition that is known, met and used where it may be used.
/// https://hl7.org/fhir/R4/extensibility.html
/// </summary>
sealed class ExtensionCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        if (ElementPart.Value.First(node).Exists == ElementPart.Extension.First(node).Exists)
        {
            run.Error(RuleMessages.ExtensionValue, node);
        }

        var url = ElementPart.Url.First(node);
        if (url.Text is not { } text)
        {
            return; // the parser has said that it is missing
        }

        var isModifier = node.Element?.Name == "modifierExtension";
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            if (run.Parent(node) is not { Exists: true, Type.Name: "Extension" })
            {
                run.Error(RuleMessages.ExtensionRelative, url);
            }

            return; // a part of a complex extension, of which the definition of the whole tells
        }

        if (!run.Profiles.Slot(text).TryGet(run, out var profile))
        {
            return;
        }

        if (profile is null)
        {
            run.Report(
                isModifier ? IssueSeverity.Error : IssueSeverity.Information,
                isModifier ? RuleMessages.ModifierUnknown : RuleMessages.ExtensionUnknown,
                node,
                text);
            return;
        }

        var outer = run.Profile;
        run.Profile = profile.Url;
        profile.Extension?.Check(run, node, isModifier);
        run.CheckOnce(node, profile);
        run.Profile = outer;
    }
}
