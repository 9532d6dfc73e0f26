using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;

namespace FhirHub.Profiles.Running;

/// <summary>Asks about whatever holds codes: a code, a Coding, a CodeableConcept, a Quantity.</summary>
static class CodeCheck
{
    /// <summary>
    /// The best that can be said of the codes of a node: one of them is in, or nobody can say of one, or all are out.
    /// A concept without a code is out.
    /// </summary>
    internal static CodeAnswer Best(ValidationRun run, CodeFacts facts, FhirNode node)
    {
        if (node.IsPrimitive)
        {
            return node.HasValue ? facts.Ask(run, default, node) : CodeAnswer.Out;
        }

        var codings = ElementPart.Coding.All(node);
        if (!codings.First.Exists)
        {
            // A Coding or a Quantity; a concept has no code of its own.
            return One(run, facts, node);
        }

        var best = CodeAnswer.Out;
        foreach (var coding in codings)
        {
            var answer = One(run, facts, coding);
            if (answer == CodeAnswer.In)
            {
                return CodeAnswer.In;
            }

            best = answer == CodeAnswer.Out ? best : answer;
        }

        return best;
    }

    static CodeAnswer One(ValidationRun run, CodeFacts facts, FhirNode coding)
    {
        var code = ElementPart.Code.First(coding);
        if (!code.HasValue)
        {
            return CodeAnswer.Out;
        }

        var system = ElementPart.System.First(coding);
        return system.HasValue ? facts.Ask(run, system, code) : CodeAnswer.Out;
    }
}
