using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Decides by the specification alone, resource by resource and without any index, what a search finds:
/// https://hl7.org/fhir/R4/search.html
/// </summary>
sealed partial class OracleEvaluator(OracleWorld world)
{
    internal OracleWorld World => world;

    internal Concepts Concepts { get; } = new(world);

    /// <summary>The keys of what a query finds; of what is contained, its container's, perhaps with its id.</summary>
    internal HashSet<string> Find(OracleQuery query)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in world.All)
        {
            if (query.Contained != "true" && IsFound(query, resource))
            {
                found.Add(resource.Key);
            }

            if (query.Contained is not null)
            {
                found.UnionWith(resource.Contained.Values.Where(inner => IsFound(query, inner))
                    .Select(inner => query.ReturnsContained ? $"{resource.Key}#{inner.Id}" : resource.Key));
            }
        }

        return found;
    }

    bool IsFound(OracleQuery query, OracleResource resource) =>
        (query.Type.Length == 0 || query.Type == resource.Type)
        && (query.Within is not { } focus || IsIn(resource, focus))
        && query.Criteria.All(criterion => Matches(resource, criterion.Name, criterion.Value));

    /// <summary>Whether one resource meets one parameter with its value.</summary>
    internal bool Matches(OracleResource resource, string name, string value)
    {
        if (name.StartsWith("_has:", StringComparison.Ordinal))
        {
            return IsReferredTo(resource, name, value);
        }

        switch (name)
        {
            case "_id":
                return SearchText.Split(value, ',').Any(id => SearchText.Unescape(id) == resource.Id);
            case "_id:not":
                return !Matches(resource, "_id", value);
            case "_id:missing":
                return value == "false";
            case "_list":
                return SearchText.Split(value, ',').Any(list => IsInList(resource, SearchText.Unescape(list)));
            case "_text" or "_content":
                return TextRule.Matches(resource, name == "_text", value);
            case "_filter":
                return FilterRule.Matches(this, resource, value);
            case "_type":
                return SearchText.Split(value, ',').Contains(resource.Type);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (code, modifier) = Halves(dot < 0 ? name : name[..dot]);
        var parameter = OracleParameters.Find(resource.Type, code);
        if (parameter is null)
        {
            return false;
        }

        return dot >= 0
            ? Chains(resource, parameter, modifier, name[(dot + 1)..], value)
            : Meets(resource, parameter, modifier, value);
    }

    bool Meets(OracleResource resource, SearchParameterSchema parameter, string? modifier, string value)
    {
        var elements = OracleWorld.Elements(resource, parameter);
        return modifier switch
        {
            "missing" => elements.Any(element => Fits(parameter, element)) == (value == "false"),
            "not" or "not-in" => !AnyValue(modifier == "not" ? null : "in"),
            _ => AnyValue(modifier),
        };

        bool AnyValue(string? as_) => SearchText.Split(value, ',').Any(one =>
            elements.Any(element => Meets(resource, parameter, element, as_, one)));
    }

    /// <summary>Whether one element of a resource is what one value asks for.</summary>
    internal bool Meets(
        OracleResource resource, SearchParameterSchema parameter, Element element, string? modifier, string value) =>
        parameter.Type switch
        {
            SearchParameterType.String => StringRule.Matches(element, modifier, value)
                || NameRule.Matches(parameter.Code, element, modifier, value),
            SearchParameterType.Token => modifier switch
            {
                "text" => TokenRule.MatchesText(element, value),
                "of-type" => TokenRule.MatchesTyped(element, value),
                "in" => Concepts.Holds(element, value),
                "above" or "below" => Concepts.Subsumes(element, value, modifier == "below"),
                _ => TokenRule.Matches(element, value),
            },
            SearchParameterType.Date => DateRule.Matches(element, value, world.Now),
            SearchParameterType.Number => NumberRule.Matches(element, value),
            SearchParameterType.Quantity => QuantityRule.Matches(element, value),
            SearchParameterType.Uri => UriRule.Matches(element, resource, modifier, value),
            // A bundle begins with a composition or with something else, which is no value then.
            SearchParameterType.Reference => Fits(parameter, element) && modifier switch
            {
                "identifier" => ReferenceRule.MatchesIdentifier(element, value),
                "below" when element.Type == "canonical" =>
                    ReferenceRule.IsVersionBelow(element.Text!, SearchText.Unescape(value)), // it has a value
                "above" when element.Type == "canonical" =>
                    ReferenceRule.IsVersionBelow(SearchText.Unescape(value), element.Text!), // as above
                "below" or "above" => IsInHierarchy(element, value, modifier == "below"),
                _ => ReferenceRule.Matches(element, modifier, value),
            },
            SearchParameterType.Composite => MeetsAll(resource, parameter, element, value),
            _ => parameter.Code == "near" && NearRule.Matches(element, value),
        };

    /// <summary>A composite's parts are met together, on one node.</summary>
    bool MeetsAll(OracleResource resource, SearchParameterSchema composite, Element node, string value)
    {
        var values = SearchText.Split(value, '$');
        return values.Count == composite.Components.Count
            && composite.Components.Zip(values).All(part =>
                OracleParameters.ByUrl(part.First.Definition) is var parameter
                && ElementFinder.Component(node, part.First.Expression)
                    .Any(element => Meets(resource, parameter, element, null, part.Second)));
    }

    /// <summary>
    /// Whether an element is a value in the sense of its parameter: the cross-map of types at
    /// https://hl7.org/fhir/R4/search.html#table
    /// </summary>
    internal static bool Fits(SearchParameterSchema parameter, Element element) => parameter.Type switch
    {
        // A name that says only what it is used for has nothing to be found by.
        SearchParameterType.String => StringRule.Parts(element).Any(),
        SearchParameterType.Token => element.Type is "CodeableConcept" or "Coding" or "Identifier" or "ContactPoint"
            or "code" or "boolean" or "string" or "uri" or "id",
        SearchParameterType.Date => element.Type is "date" or "dateTime" or "instant" or "Period" or "Timing",
        SearchParameterType.Number => element.Type is "decimal" or "integer" or "positiveInt" or "unsignedInt",
        SearchParameterType.Quantity => QuantityRule.Fits(element),
        SearchParameterType.Uri => element.Type is "uri" or "url" or "canonical" or "oid" or "uuid",
        SearchParameterType.Reference => element.Type is "Reference" or "canonical" or "uri"
            || (element.IsResource && parameter.Targets.Contains(element.Type)),
        _ => true,
    };

    internal static (string Code, string? Modifier) Halves(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, null) : (name[..colon], name[(colon + 1)..]);
    }
}
