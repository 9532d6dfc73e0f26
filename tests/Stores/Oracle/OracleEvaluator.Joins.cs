using System.Text;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

sealed partial class OracleEvaluator
{
    /// <summary>Follows references forwards: https://hl7.org/fhir/R4/search.html#chaining</summary>
    bool Chains(
        OracleResource resource, SearchParameterSchema parameter, string? type, string rest, string value) =>
        Targets(resource, parameter).Any(target =>
            (type is null || target.Type == type) && Matches(target, rest, value));

    /// <summary>The resources a parameter's references lead to, those inside the resource too.</summary>
    internal IEnumerable<OracleResource> Targets(OracleResource resource, SearchParameterSchema parameter)
    {
        foreach (var element in OracleWorld.Elements(resource, parameter))
        {
            if (element.IsResource && Fits(parameter, element))
            {
                var json = Encoding.UTF8.GetBytes(element.Json.GetRawText());
                yield return new OracleResource(json) { IsContained = true };
            }
            else if (element.Type == "canonical")
            {
                var named = world.All.Where(other =>
                    Names(element.Text!, other) && parameter.Targets.Contains(other.Type)); // it has a value
                foreach (var found in named)
                {
                    yield return found;
                }
            }
            else if (element.Get("reference") is { } text)
            {
                var target = text.StartsWith('#')
                    ? resource.Contained.GetValueOrDefault(text[1..])
                    : ReferenceRule.Read(text) is { } local ? world.Find(local.Key) : null;
                if (target is not null && (parameter.Targets.Count == 0 || parameter.Targets.Contains(target.Type)))
                {
                    yield return target;
                }
            }
        }
    }

    /// <summary>
    /// Whether a reference is to a resource, or to one that is part of it or that it is part of, however many steps
    /// away: https://hl7.org/fhir/R4/search.html#recursive
    /// </summary>
    bool IsInHierarchy(Element element, string value, bool isBelow)
    {
        if (ReferenceRule.Target(element.Json) is not { } target || OracleParameters.PartOf(target.Type) is not { } part)
        {
            return false;
        }

        var key = value.Contains('/', StringComparison.Ordinal) ? value : $"{target.Type}/{value}";
        return isBelow ? Reached(target.Key, part).Contains(key) : Reached(key, part).Contains(target.Key);
    }

    /// <summary>A resource and all it is part of, as far as they are known.</summary>
    HashSet<string> Reached(string from, SearchParameterSchema part)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out var key))
        {
            if (reached.Add(key) && world.Find(key) is { } resource)
            {
                foreach (var above in OracleWorld.Elements(resource, part).Select(e => ReferenceRule.Target(e.Json)))
                {
                    if (above is { } local && local.Type == resource.Type)
                    {
                        next.Enqueue(local.Key);
                    }
                }
            }
        }

        return reached;
    }

    /// <summary>Follows references backwards: https://hl7.org/fhir/R4/search.html#has</summary>
    bool IsReferredTo(OracleResource resource, string name, string value)
    {
        var parts = name.Split(':', 4);
        var (type, code, rest) = (parts[1], parts[2], parts[3]);
        return OracleParameters.Find(type, code) is { } parameter
            && world.Of(type).Any(other => RefersTo(other, parameter, resource) && Matches(other, rest, value));
    }

    internal bool RefersTo(OracleResource from, SearchParameterSchema parameter, OracleResource to) =>
        Targets(from, parameter).Any(target => ReferenceEquals(target, to));

    /// <summary>What a list's entries refer to: https://hl7.org/fhir/R4/search.html#list</summary>
    bool IsInList(OracleResource resource, string id) =>
        world.Find($"List/{id}") is { } list
        && Element.Items(list.Json, "entry").Any(entry =>
            Element.Child(entry, "item") is { } item
            && (resource.IsContained
                ? Element.Get(item, "reference") is ['#', .. var id]
                    && ReferenceEquals(list.Contained.GetValueOrDefault(id), resource)
                : ReferenceRule.Target(item)?.Key == resource.Key));

    /// <summary>Membership by the parameters of the compartment's definition; the focus is always a member.</summary>
    static bool IsIn(OracleResource resource, Compartment focus)
    {
        if (!resource.IsContained && resource.Key == $"{focus.Type}/{focus.Id}")
        {
            return true;
        }

        if (!FhirSchema.R4.TryGetCompartment(focus.Type, out var compartment)
            || !compartment.Members.TryGetValue(resource.Type, out var codes))
        {
            return false;
        }

        return codes.Any(code => OracleParameters.Find(resource.Type, code) is { } parameter
            && OracleWorld.Elements(resource, parameter).Any(element =>
                    ReferenceRule.Target(element.Json)?.Key == $"{focus.Type}/{focus.Id}"));
    }

    static bool Names(string canonical, OracleResource resource)
    {
        var parts = canonical.Split('|');
        return Element.Get(resource.Json, "url") == parts[0]
            && (parts.Length == 1 || Element.Get(resource.Json, "version") == parts[1]);
    }
}
