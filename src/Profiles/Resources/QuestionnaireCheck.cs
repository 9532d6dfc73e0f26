using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>
/// Conditions of a questionnaire ask about items it has, and what it calculates is FHIRPath. Unique link ids and the
/// rest (que-1 to que-13) R4 states as invariants.
/// </summary>
sealed class QuestionnaireCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        var linkIds = new HashSet<string>(StringComparer.Ordinal);
        Gather(node, linkIds);
        CheckItems(run, node, linkIds);
    }

    static void Gather(FhirNode parent, HashSet<string> linkIds)
    {
        foreach (var item in ElementPart.Item.All(parent))
        {
            linkIds.Add(ElementPart.LinkId.First(item).Text ?? "");
            Gather(item, linkIds);
        }
    }

    static void CheckItems(ValidationRun run, FhirNode parent, HashSet<string> linkIds)
    {
        foreach (var item in ElementPart.Item.All(parent))
        {
            var linkId = ElementPart.LinkId.First(item).Text;
            foreach (var condition in item["enableWhen"])
            {
                var question = condition.First("question");
                if (question.Text == linkId)
                {
                    run.Error(ResourceMessages.EnableWhenItself, question);
                }
                else if (question.Text is { } asked && !linkIds.Contains(asked))
                {
                    run.Error(ResourceMessages.EnableWhenUnknown, question, asked);
                }
            }

            CheckExpression(run, item, linkId);
            CheckItems(run, item, linkIds);
        }
    }

    static void CheckExpression(ValidationRun run, FhirNode item, string? linkId)
    {
        if (QuestionItem.ExpressionOf(item) is not { Text: { } text } expression)
        {
            return;
        }

        try
        {
            FhirPathExpression.Get(text);
        }
        catch (FhirPathException broken)
        {
            run.Error(ResourceMessages.CalculationBroken, expression, linkId, broken.Message);
        }
    }
}
