using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>
/// A Coding names a code its system has, where the whole of the system is here. It is a warning: content may be older
/// or newer than the edition that is here.
/// </summary>
sealed class CodingCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        var code = ElementPart.Code.First(node);
        var system = ElementPart.System.First(node);
        if (code.HasValue && system.HasValue
            && run.Profiles.Systems.Ask(run, system, code) == CodeAnswer.Out)
        {
            run.Warning(RuleMessages.CodeUnknown, code);
        }
    }
}
