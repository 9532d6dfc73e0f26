using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>An item of a scoring standard: an action, whose condition is its rule if it has one.</summary>
sealed class RiskRule
{
    readonly PlanExpression? _rule;

    internal RiskRule(FhirNode standard, FhirNode action)
    {
        var codings = action["code"].SelectMany(code => code["coding"]).ToList();
        Colour = codings.Find(coding => coding.First("system").Text == Guide.RiskColours);
        Code = codings.Find(coding => coding.First("system").Text != Guide.RiskColours);
        if (!Code.First("code").Exists)
        {
            throw Refused(standard, action, "code: an item needs a code");
        }

        var conditions = action["condition"].ToList();
        if (conditions.Count > 1 || conditions.Exists(one => one.First("kind").Text != "applicability"))
        {
            throw Refused(standard, action, "condition: an item has one condition at most, of the kind applicability");
        }

        _rule = conditions.Count == 0 ? null : PlanExpression.Of(standard, conditions[0].First("expression"));
    }

    internal FhirNode Code { get; }

    internal FhirNode Colour { get; }

    /// <summary>Whether there is a rule; without one a clinician asserts the item.</summary>
    internal bool IsComputed => _rule is not null;

    internal IReadOnlyList<string> Names => _rule?.Names ?? [];

    /// <summary>Whether it holds; null where that is not known, and where there is no rule.</summary>
    internal bool? Test(FhirNode facts) => _rule?.Test(facts);

    internal IReadOnlyList<string> EvidenceIn(Facts facts) =>
        [.. Names.Select(facts.SourceOf).OfType<string>().Distinct(StringComparer.Ordinal)];

    static FhirException Refused(FhirNode standard, FhirNode action, string why)
    {
        var element = NodeExpression.Of(standard, action);
        return new FhirException(ProblemKind.Unprocessable, "invalid", $"{element}.{why}.", element);
    }
}
