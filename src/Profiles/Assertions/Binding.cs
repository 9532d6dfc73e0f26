using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>
/// A binding by its strength: https://hl7.org/fhir/R4/terminologies.html#strength. Of a concept one coding has to be
/// from the value set; with no coding at all a required binding is not met.
/// </summary>
sealed class Binding(BindingStrength strength, CodeFacts facts, CodeFacts? maximum) : Assertion
{
    internal static Assertion? Build(ElementFacts element, ProfileSet profiles)
    {
        var maximum = element.Binding?.MaxValueSet;
        return element.Binding is not { } binding || (binding.Strength == BindingStrength.Example && maximum is null)
            ? null
            : new Binding(
                binding.Strength,
                profiles.ValueSet(binding.ValueSet),
                maximum is null ? null : profiles.ValueSet(maximum));
    }

    internal override void Check(ValidationRun run, FhirNode node)
    {
        if (!IsCoded(node) || (node.IsPrimitive && Errata.Allows(facts.ValueSet, node.Text)))
        {
            return;
        }

        if (strength != BindingStrength.Example)
        {
            switch (CodeCheck.Best(run, facts, node))
            {
                case CodeAnswer.Out:
                    Report(run, node);
                    break;
                case CodeAnswer.Unknowable:
                    run.Report(
                        strength == BindingStrength.Required ? IssueSeverity.Warning : IssueSeverity.Information,
                        RuleMessages.BindingUnchecked,
                        node,
                        facts.ValueSet);
                    break;
            }
        }

        if (maximum is not null && CodeCheck.Best(run, maximum, node) == CodeAnswer.Out)
        {
            run.Error(RuleMessages.BindingMaximum, node, maximum.ValueSet);
        }
    }

    void Report(ValidationRun run, FhirNode node)
    {
        switch (strength)
        {
            case BindingStrength.Required:
                run.Error(RuleMessages.BindingRequired, node, facts.ValueSet);
                break;
            case BindingStrength.Extensible:
                run.Warning(RuleMessages.BindingExtensible, node, facts.ValueSet);
                break;
            default:
                run.Information(RuleMessages.BindingPreferred, node, facts.ValueSet);
                break;
        }
    }

    /// <summary>A choice may be bound and hold a type without codes; an id or extensions alone are no code.</summary>
    static bool IsCoded(FhirNode node) => node.IsPrimitive
        ? node.HasValue && node.Type.Primitive is PrimitiveKind.Code or PrimitiveKind.String or PrimitiveKind.Uri
        : ElementPart.Coding.All(node).First.Exists || ElementPart.Text.First(node).Exists
            || ElementPart.Code.First(node).Exists || ElementPart.System.First(node).Exists;
}
