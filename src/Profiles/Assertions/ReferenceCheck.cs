using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>
/// What holds for every Reference: a contained target is there, its type is the one named, a URN leads into its bundle.
/// https://hl7.org/fhir/R4/references.html
/// </summary>
sealed class ReferenceCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        var named = ElementPart.Type.First(node);
        TypeSchema? type = null;
        if (named.Text is { } name && (!FhirSchema.R4.TryGetType(name, out type) || !type.IsResource))
        {
            run.Error(RuleMessages.ReferenceTypeUnknown, named);
            type = null;
        }

        if (ElementPart.Reference.First(node).Text is not { Length: > 0 } reference)
        {
            return;
        }

        var form = ReferenceForm.Of(reference);
        var target = run.ResolveInside(node, reference);
        if (!target.Exists)
        {
            CheckMissing(run, node, reference, form);
        }

        var actual = target.Exists ? target.Type : form.Type;
        if (type is not null && actual is not null && !actual.IsA(type))
        {
            run.Error(RuleMessages.ReferenceTypeDiffers, named, type.Name, actual.Name);
        }
    }

    static void CheckMissing(ValidationRun run, FhirNode node, string reference, ReferenceForm form)
    {
        if (form.Kind == ReferenceKind.Contained)
        {
            if (reference.Length > 1)
            {
                run.Error(RuleMessages.ReferenceContained, node);
            }
        }
        else if (run.BundleKind is "document" or "message")
        {
            run.Report(
                form.Kind == ReferenceKind.Urn ? IssueSeverity.Error : IssueSeverity.Information,
                ResourceMessages.ReferenceNotInBundle,
                node,
                run.BundleKind);
        }
        else if (form.Kind == ReferenceKind.Urn && run.BundleKind is not null
            && reference.StartsWith("urn:uuid:", StringComparison.Ordinal))
        {
            run.Warning(ResourceMessages.UrnNotInBundle, node);
        }
        else if (run.Settings.ChecksReferences && form is { Kind: ReferenceKind.Relative, Type: not null }
            && run.Resolve(reference) is null && run.IsDeadEnd(reference))
        {
            run.Warning(RuleMessages.ReferenceNotFound, node);
        }
    }
}
