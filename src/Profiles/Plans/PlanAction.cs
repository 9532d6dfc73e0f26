using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>An action of a plan with its expressions compiled.</summary>
sealed class PlanAction
{
    /// <summary>What values are set on: an activity of the CarePlan, one for each action that has any.</summary>
    const string Target = "activity.detail.";

    readonly List<PlanExpression> _conditions;
    readonly List<(string Path, string Element, PlanExpression Expression)> _values;

    internal PlanAction(FhirNode plan, FhirNode action)
    {
        Node = action;
        _conditions =
        [
            .. action["condition"].Where(condition => condition.First("kind").Text == "applicability")
                .Select(condition => PlanExpression.Of(plan, condition.First("expression"))),
        ];
        _values =
        [
            .. action["dynamicValue"].Select(value => (
                PathOf(plan, value),
                NodeExpression.Of(plan, value),
                PlanExpression.Of(plan, value.First("expression")))),
        ];
    }

    internal FhirNode Node { get; }

    /// <summary>Whether it becomes an activity with values of its own.</summary>
    internal bool IsDated => _values.Count > 0;

    internal IEnumerable<string> Names => _conditions.Concat(_values.Select(value => value.Expression))
        .SelectMany(expression => expression.Names);

    /// <summary>What its values ask for and nobody knows.</summary>
    internal IEnumerable<string> Missing(Facts facts) =>
        _values.SelectMany(value => value.Expression.Names).Where(name => !facts.Has(name));

    /// <summary>Whether every condition holds; null where none is broken and one cannot be decided.</summary>
    internal bool? Applies(FhirNode facts)
    {
        var results = _conditions.ConvertAll(condition => condition.Test(facts));
        return results.Contains(false) ? false : results.Contains(null) ? null : true;
    }

    /// <summary>The values of its activity, or null where one is not known yet.</summary>
    internal IReadOnlyList<PlanValue>? Values(FhirNode facts)
    {
        var values = new List<PlanValue>(_values.Count);
        foreach (var (path, element, expression) in _values)
        {
            var found = expression.Evaluate(facts);
            if (found.Length != 1)
            {
                return found.Length == 0 ? null : throw new FhirException(
                    ProblemKind.Unprocessable, "invalid", $"{element}: it gives {found.Length} values, and one is set.",
                    element);
            }

            values.Add(new PlanValue(path, $"{element}.path", found[0]));
        }

        return values;
    }

    static string PathOf(FhirNode plan, FhirNode value) =>
        value.First("path").Text is { } path && path.StartsWith(Target, StringComparison.Ordinal)
            ? path[Target.Length..]
            : throw new FhirException(
                ProblemKind.NotSupported, "not-supported",
                $"{NodeExpression.Of(plan, value)}.path: values are set on {Target}… only, such as "
                    + $"{Target}scheduledPeriod.start.",
                $"{NodeExpression.Of(plan, value)}.path");
}

/// <summary>A value that an action sets.</summary>
/// <param name="Path">Where in the detail of its activity.</param>
/// <param name="Element">The element of the definition that says so.</param>
/// <param name="Value">The value.</param>
readonly record struct PlanValue(string Path, string Element, FhirPathValue Value)
{
    internal void SetOn(FhirBuilder element, string path)
    {
        try
        {
            _ = Value.Node is { Exists: true, IsPrimitive: false } node
                ? element.Set(path, node)
                : element.Set(path, Value.ToString());
        }
        catch (ArgumentException wrong)
        {
            throw new FhirException(ProblemKind.Unprocessable, "invalid", $"{Element}: {wrong.Message}", Element);
        }
    }
}
