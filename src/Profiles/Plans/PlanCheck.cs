using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// Refuses a plan that says what is not carried out here, with every element that does: a plan of which a part was left
/// out would look like the whole.
/// </summary>
static class PlanCheck
{
    /// <summary>More than the longest schedule has, nested ones counted.</summary>
    const int ActionsMax = 1000;

    /// <summary>What would change the plan and is not evaluated. Triggers, inputs and reasons only explain.</summary>
    static readonly string[] OfPlan = ["library", "goal"];

    static readonly string[] OfAction = ["definition", "transform", "goalId", "participant", "subject"];

    internal static void Require(FhirNode plan)
    {
        if (plan.First("type")["coding"].Any(coding => coding.First("code").Text == "eca-rule"))
        {
            throw new FhirException(
                ProblemKind.NotSupported, "not-supported",
                "PlanDefinition.type: rules that grade are not applied as a plan; EpisodeOfCare/[id]/$evaluate-risk "
                    + "evaluates a risk standard.",
                "PlanDefinition.type");
        }

        var problems = new List<Problem>();
        problems.AddRange(OfPlan.Select(plan.First).Where(node => node.Exists).Select(node => Refusal(plan, node)));
        if (plan.First("subject") is { Exists: true } subject
            && !(subject.Type.Name == "CodeableConcept"
                && subject["coding"].Any(coding => coding.First("code").Text == "Patient")))
        {
            problems.Add(Refusal(plan, subject));
        }

        var count = 0;
        foreach (var action in Actions(plan))
        {
            if (++count > ActionsMax)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly", $"A plan has at most {ActionsMax} actions here.",
                    "PlanDefinition.action");
            }

            problems.AddRange(
                OfAction.Select(action.First).Where(node => node.Exists).Select(node => Refusal(plan, node)));
        }

        if (problems.Count > 0)
        {
            throw new FhirException(problems[0] with { More = problems[1..] });
        }
    }

    /// <summary>Every action of a plan or below an action.</summary>
    internal static IEnumerable<FhirNode> Actions(FhirNode holder)
    {
        foreach (var action in holder["action"])
        {
            yield return action;
            foreach (var inner in Actions(action))
            {
                yield return inner;
            }
        }
    }

    static Problem Refusal(FhirNode plan, FhirNode node)
    {
        var element = NodeExpression.Of(plan, node);
        return new Problem(
            ProblemKind.NotSupported, "not-supported", $"{element} is not carried out here; without it the plan would "
                + "not be the one that was defined.",
            element);
    }
}
