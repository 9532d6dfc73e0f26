using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>
/// A profile can be made into a snapshot, and its constraints are FHIRPath. What R4 states as invariants (sdf-1 to
/// sdf-24, eld-1 to eld-22) is checked as such.
/// </summary>
sealed class StructureDefinitionCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        var differential = node.First("differential");
        if (node.First("derivation").Text == "constraint" && differential.Exists)
        {
            CheckSnapshot(run, node, differential);
        }

        foreach (var element in (differential.Exists ? differential : node.First("snapshot")) is { Exists: true } list
            ? list["element"]
            : default)
        {
            foreach (var constraint in element["constraint"])
            {
                CheckExpression(run, constraint.First("expression"), constraint.First("key").Text ?? "");
            }
        }
    }

    static void CheckSnapshot(ValidationRun run, FhirNode definition, FhirNode differential)
    {
        try
        {
            foreach (var problem in run.Profiles.Snapshots.Of(definition, anew: true).Problems)
            {
                // At the element of the differential, when it is one; else at the profile.
                var place = differential["element"].FirstOrDefault(e => IsNamed(e, problem.Element));
                run.Error(problem.Message, place.Exists ? place : definition, problem.Arguments);
            }
        }
        catch (MissingDefinitionException missing)
        {
            run.Needs.Definitions.Add(missing.Canonical);
        }
    }

    static bool IsNamed(FhirNode element, string id) =>
        element.First("id").Text is { } own ? own == id : element.First("path").Text == id;

    static void CheckExpression(ValidationRun run, FhirNode expression, string key)
    {
        if (expression.Text is not { } text)
        {
            return;
        }

        try
        {
            FhirPathExpression.Get(text);
        }
        catch (FhirPathException broken)
        {
            run.Error(ResourceMessages.ExpressionBroken, expression, key, broken.Message);
        }
    }
}
