using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Library;

namespace FhirHub.Profiles.Running;

/// <summary>The function <c>memberOf</c> of invariants, by the same answers as bindings.</summary>
static class MemberOf
{
    /// <summary>Whether a value is in a value set; null when that cannot be known.</summary>
    internal static bool? Of(ValidationRun run, FhirPathValue value, string valueSet)
    {
        var facts = run.Profiles.ValueSet(valueSet);
        if (!value.IsNode)
        {
            return Known(facts.Ask(run, null, value.ToString()));
        }

        return Known(CodeCheck.Best(run, facts, value.Node));
    }

    static bool? Known(CodeAnswer membership) => membership switch
    {
        CodeAnswer.In => true,
        CodeAnswer.Out => false,
        _ => null,
    };
}
