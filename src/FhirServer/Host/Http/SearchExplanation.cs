using System.Globalization;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>How a page was found, told in words and without values to whoever asked for it.</summary>
static class SearchExplanation
{
    internal static FhirDocument Of(SearchPage page)
    {
        var outcome = FhirBuilder.Create("OperationOutcome");
        foreach (var (index, step) in page.Plan.Index())
        {
            var estimate = step.Estimate is { } number
                ? string.Create(CultureInfo.InvariantCulture, $"about {number} of them")
                : "not estimated";
            outcome.Add("issue", issue => issue
                .Set("severity", "information")
                .Set("code", "informational")
                .Set("diagnostics", $"{index + 1}. {step.What}: {step.How}, {estimate}{Counted(step)}"));
        }

        if (page.Plan.Count == 0)
        {
            outcome.Add("issue", issue => issue
                .Set("severity", "information")
                .Set("code", "informational")
                .Set("diagnostics", "There is no resource of the types searched, so nothing was looked for."));
        }

        outcome.Add("issue", issue => issue
            .Set("severity", "information")
            .Set("code", "informational")
            .Set("diagnostics", string.Create(
                CultureInfo.InvariantCulture,
                $"The page took {page.Steps} steps of the database; a row that is looked at takes some ten.")));
        return outcome.Build();
    }

    static string Counted(SearchStep step) => step switch
    {
        { Asked: { } asked, Given: { } given } =>
            string.Create(CultureInfo.InvariantCulture, $"; asked of {asked} resources, true of {given}"),
        { Given: { } given } => string.Create(CultureInfo.InvariantCulture, $"; it gave {given} resources"),
        _ => "",
    };
}
