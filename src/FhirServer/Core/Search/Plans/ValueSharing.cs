using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search;

/// <summary>
/// Finds the parameters of a type that read what others read as well. It compares places of the plan, so what it says
/// holds for every document.
/// </summary>
sealed class ValueSharing(PlanNode root)
{
    const int Pair = 2; // all that R4 has where it matters

    readonly List<(SearchParameterSchema Composite, HashSet<Reading>[] Components)> _composites = [];
    readonly HashSet<PlanNode> _elements = [];

    /// <summary>Takes a composite and the places it is about.</summary>
    internal void Add(SearchParameterSchema composite, List<PlanNode> places, ParameterCatalog catalog)
    {
        if (composite.Components.Count != Pair)
        {
            return;
        }

        _elements.UnionWith(places.Where(place => place != root));
        var components = new HashSet<Reading>[composite.Components.Count];
        for (var i = 0; i < components.Length; i++)
        {
            var component = composite.Components[i];
            var expression = Parser.Parse(component.Expression);
            components[i] = [];
            foreach (var place in places)
            {
                if (!catalog.TryGet(component.Definition, out var definition)
                    || new PathCompiler(place, null, null).Select(expression) is not { } found)
                {
                    return;
                }

                components[i].UnionWith(found.SelectMany(node => PlanCompiler.Read(node, definition.Type))
                    .Select(reading => new Reading(reading.Node, reading.Kind, place != root)));
            }
        }

        _composites.Add((composite, components));
    }

    /// <summary>Numbers the elements of the plan, and tells whose values are among another's.</summary>
    internal Dictionary<string, SharedValues> Find(SearchParameterSchema[] parameters)
    {
        var shared = new Dictionary<string, SharedValues>(StringComparer.Ordinal);
        // With elements of two kinds a number would not tell which of them is meant.
        if (_elements.Count > 1 || _elements.Any(element => !IsStep(root, element)))
        {
            return shared;
        }

        var element = _elements.FirstOrDefault();
        if (element is not null)
        {
            element.IsElement = true;
        }

        var all = parameters.Select(_ => new HashSet<Reading>()).ToArray();
        var isOpen = new bool[parameters.Length];
        Collect(root, element, false, all, isOpen);
        var owners = new List<(SearchParameterSchema Parameter, HashSet<Reading> Readings)>();
        var candidates = Enumerable.Range(0, parameters.Length)
            .Where(i => all[i].Count > 0 && !isOpen[i] && parameters[i].Type != SearchParameterType.Special)
            .OrderByDescending(i => all[i].Count).ThenBy(i => parameters[i].Url, StringComparer.Ordinal);
        foreach (var i in candidates)
        {
            if (Match(owners, parameters[i].Type, all[i]) is { } match)
            {
                shared.Add(parameters[i].Url, match);
            }
            else
            {
                owners.Add((parameters[i], all[i]));
            }
        }

        foreach (var (composite, components) in _composites)
        {
            var matches = components.Select((readings, i) =>
                Match(owners, TypeOf(composite.Components[i].Definition), readings)).ToList();
            for (var i = 0; i < matches.Count && !matches.Contains(null); i++)
            {
                shared.Add(SharedValues.Component(composite.Url, i), matches[i]!); // none is null, as was just seen
            }
        }

        return shared;

        SearchParameterType TypeOf(string url) => Array.Find(parameters, p => p.Url == url)?.Type
            ?? (ParameterCatalog.R4.TryGet(url, out var definition) ? definition.Type : SearchParameterType.Special);
    }

    static SharedValues? Match(
        List<(SearchParameterSchema Parameter, HashSet<Reading> Readings)> owners,
        SearchParameterType type,
        HashSet<Reading> wanted)
    {
        if (wanted.Count == 0)
        {
            return null;
        }

        var (ofResource, ofElements, ofSamples) =
            (wanted.Any(r => !r.IsInElement), wanted.Any(r => r.IsInElement), wanted.Any(r => r.IsSampled));
        foreach (var (owner, readings) in owners)
        {
            var same = readings.Where(r =>
                (r.IsInElement ? ofElements : ofResource) && (ofSamples || !r.IsSampled));
            if (owner.Type != type || !wanted.SetEquals(same))
            {
                continue;
            }

            var share = new SharedValues(
                owner.Url,
                ofResource || readings.All(r => r.IsInElement),
                ofElements || !readings.Any(r => r.IsInElement),
                ofSamples || !readings.Any(r => r.IsSampled));
            // The types of identifiers are kept without the number of an element.
            if (share.AreAll || !readings.Any(r => r.Kind == ValueKind.Identifier))
            {
                return share;
            }
        }

        return null;
    }

    /// <summary>What each parameter reads, and whether it also does what is no reading of a place alone.</summary>
    static void Collect(PlanNode node, PlanNode? element, bool isInElement, HashSet<Reading>[] all, bool[] isOpen)
    {
        isInElement |= node == element;
        foreach (var capture in node.Captures)
        {
            // An inline resource is read with an eye on the parameter's targets.
            isOpen[capture.Parameter] |= capture.Kind is ValueKind.None or ValueKind.InlineResource;
            all[capture.Parameter].Add(new Reading(node, capture.Kind, isInElement));
        }

        foreach (var below in node.Below)
        {
            Collect(below, element, isInElement, all, isOpen);
        }
    }

    /// <summary>Whether a place is reached by steps alone, without a condition.</summary>
    static bool IsStep(PlanNode from, PlanNode place) =>
        from == place || from.Steps.Any(child => IsStep(child, place));

    /// <summary>A place, how it is read, and whether it is in an element that composites are about.</summary>
    sealed record Reading(PlanNode Node, ValueKind Kind, bool IsInElement)
    {
        internal bool IsSampled => Kind == ValueKind.Sampled;
    }
}
