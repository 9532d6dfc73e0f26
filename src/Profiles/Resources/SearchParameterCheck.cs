using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>The expressions of a SearchParameter are FHIRPath.</summary>
sealed class SearchParameterCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        CheckExpression(run, node.First("expression"), node);
        foreach (var component in node["component"])
        {
            CheckExpression(run, component.First("expression"), node);
        }
    }

    static void CheckExpression(ValidationRun run, FhirNode expression, FhirNode parameter)
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
            var types = string.Join(", ", parameter["base"].Select(type => type.Text));
            run.Error(ResourceMessages.ExpressionBroken, expression, types, broken.Message);
        }
    }
}
