using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Draws criteria until each form of a value has both found and missed an element of each data type that each kind of
/// parameter reads, and gives those that were the first to do so.
/// </summary>
sealed class FormGenerator(OracleEvaluator oracle, CriterionGenerator single)
{
    /// <summary>For one parameter of one type, while a form is missing that it could show.</summary>
    const int DrawsMax = 1500;

    readonly SortedDictionary<string, (bool Found, bool Missed)> _seen = new(StringComparer.Ordinal);

    internal IEnumerable<OracleQuery> Queries()
    {
        foreach (var type in OracleData.Types)
        {
            foreach (var parameter in OracleParameters.Of(type).Values)
            {
                var expected = Expected(type, parameter);
                expected.ForEach(name => _seen.TryAdd(name, default));
                for (var draw = 0; draw < DrawsMax && !expected.TrueForAll(IsCovered); draw++)
                {
                    var criterion = single.Make(type, parameter);
                    if (!criterion.Name.EndsWith(":missing", StringComparison.Ordinal) && IsNew(type, parameter, criterion))
                    {
                        yield return new OracleQuery(type, [criterion]);
                    }
                }
            }
        }
    }

    /// <summary>What was never found, or never missed.</summary>
    internal string Gaps() => string.Join('\n', from one in _seen
                                                where !IsCovered(one.Key)
                                                select $"{one.Key}: {one.Value}");

    bool IsCovered(string name) => _seen.GetValueOrDefault(name) is (true, true);

    /// <summary>The forms that the data lets a parameter have.</summary>
    List<string> Expected(string type, SearchParameterSchema parameter)
    {
        var types = oracle.World.Of(type).SelectMany(resource => Elements(resource, parameter))
            .Select(element => element.Type).Distinct().ToList();
        return types.Count == 0 ? []
            : parameter.Type != SearchParameterType.Composite
            ? [.. from of in types from form in ValueForm.Expected(parameter.Type, of) select Name(parameter, of, form)]
            : [.. parameter.Components.SelectMany((part, place) => ValueForm
                .ExpectedOfPart(OracleParameters.ByUrl(part.Definition).Type)
                .Select(form => Name(parameter, $"{place}", form)))];
    }

    static string Name(SearchParameterSchema parameter, string of, string form)
    {
        var kinds = parameter.Type != SearchParameterType.Composite
            ? [parameter.Type]
            : parameter.Components.Select(part => OracleParameters.ByUrl(part.Definition).Type);
        return $"{string.Join('$', kinds)} {of} {form}";
    }

    static IEnumerable<Element> Elements(OracleResource resource, SearchParameterSchema parameter) =>
        OracleWorld.Elements(resource, parameter).Where(element => OracleEvaluator.Fits(parameter, element));

    /// <summary>Whether a criterion finds or misses for the first time what its form is expected to.</summary>
    bool IsNew(string type, SearchParameterSchema parameter, OracleCriterion criterion)
    {
        var modifier = OracleEvaluator.Halves(criterion.Name).Modifier;
        var isNew = false;
        foreach (var value in SearchText.Split(criterion.Value, ','))
        {
            foreach (var name in Names(parameter, modifier, value))
            {
                foreach (var element in oracle.World.Of(type).SelectMany(resource =>
                    Elements(resource, parameter).Select(element => (Resource: resource, Element: element))))
                {
                    isNew |= Note(
                        name.Replace("?", element.Element.Type, StringComparison.Ordinal),
                        oracle.Meets(element.Resource, parameter, element.Element, Asked(modifier), value));
                }
            }
        }

        return isNew;
    }

    static string? Asked(string? modifier) => modifier switch { "not" => null, "not-in" => "in", _ => modifier };

    static IEnumerable<string> Names(SearchParameterSchema parameter, string? modifier, string value) =>
        parameter.Type != SearchParameterType.Composite
            ? [Name(parameter, "?", ValueForm.Of(parameter, modifier, value))]
            : parameter.Components.Zip(SearchText.Split(value, '$')).Select((part, place) => Name(
                parameter, $"{place}", ValueForm.Of(OracleParameters.ByUrl(part.First.Definition), null, part.Second)));

    bool Note(string name, bool isMet)
    {
        if (!_seen.TryGetValue(name, out var seen) || (isMet ? seen.Found : seen.Missed))
        {
            return false;
        }

        _seen[name] = (seen.Found || isMet, seen.Missed || !isMet);
        return true;
    }
}
