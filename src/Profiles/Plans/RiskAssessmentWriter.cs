using System.Globalization;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>The RiskAssessment of the guide's profile that an evaluation makes; nobody has signed it yet.</summary>
static class RiskAssessmentWriter
{
    internal static FhirDocument Write(RiskResult result, CareRecord record)
    {
        var graded = result.Met.Where(item => item.Colour.Exists).ToList();
        var made = FhirBuilder.Create("RiskAssessment");
        made.Add("meta.profile", Guide.Profile("pregnancy-risk"));
        made.AddExtension(Guide.Profile("ext-risk-standard"), "valueCanonical", result.Canonical);
        foreach (var item in graded)
        {
            made.Add("extension", factor =>
            {
                factor.Set("url", Guide.Profile("ext-risk-factor"));
                factor.At("valueCodeableConcept").Add("coding", item.Code);
            });
        }

        made.Set("status", "preliminary")
            .Set("code.text", "妊娠风险评估分级")
            .Set("subject.reference", record.PatientReference)
            .Set("occurrenceDateTime", record.Today);
        if (result.Standard.Root.First("title").Text is { } title)
        {
            made.Set("method.text", title);
        }

        if (record.Episode?.Root["diagnosis"].Select(one => one.First("condition").First("reference").Text)
            .FirstOrDefault(reference => reference is not null) is { } condition)
        {
            made.Set("condition.reference", condition);
        }

        foreach (var source in graded.SelectMany(item => item.Evidence).Distinct(StringComparer.Ordinal))
        {
            made.Add("basis", basis => basis.Set("reference", source));
        }

        foreach (var colour in result.Colours)
        {
            made.Add("prediction", prediction => Predict(prediction, colour, graded));
        }

        made.Add("note", note => note.Set("text", string.Create(
            CultureInfo.InvariantCulture,
            $"按规则算出，待医生确认。资料不足未判定{result.Undecided.Count}条，尚待医生断定{result.ToAssert.Count}条。")));
        // Written anew: it may be stored, and what was copied from a definition is spaced for its readers.
        return FhirDocument.ParseJson(made.Build().ToJson());
    }

    static void Predict(FhirBuilder prediction, RiskColour colour, List<RiskItem> graded)
    {
        prediction.Set("outcome.text", "妊娠风险");
        prediction.At("qualitativeRisk").Add("coding", coding =>
        {
            coding.Set("system", Guide.RiskColours).Set("code", colour.Code);
            if (colour.Display is { } display)
            {
                coding.Set("display", display);
            }
        });
        // Purple stands beside the others: an infection says nothing about the rest.
        var isPurple = colour.Code == "purple";
        var reasons = graded.Where(item => item.Colour.First("code").Text == "purple" == isPurple)
            .Select(item => item.Code.First("display").Text ?? item.Code.First("code").Text);
        if (string.Join("；", reasons) is { Length: > 0 } rationale)
        {
            prediction.Set("rationale", rationale);
        }
    }
}
