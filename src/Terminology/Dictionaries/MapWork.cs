using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>
/// A concept map as it is worked on: which local codes are decided, which targets were refused, and the map with more
/// decisions in it. What was refused stands in an extension, for a target of R4 would be part of the translation.
/// </summary>
sealed class MapWork
{
    const string Refused = "urn:fhirhub:extension:refused-target";

    readonly FhirDocument _map;
    readonly FhirNode _group;
    readonly int _groupIndex;

    /// <param name="map">The concept map.</param>
    /// <param name="source">The local code system; null for the one the map is from.</param>
    /// <param name="target">The standard; null for the one the map is to.</param>
    internal MapWork(FhirDocument map, string? source, string? target)
    {
        _map = map;
        var groups = map.Root["group"].Select((group, at) => (group, at))
            .Where(one => (source is null || one.group.First("source").Text == source)
                && (target is null || one.group.First("target").Text == target))
            .ToList();
        if (groups.Count > 1 || (groups.Count == 0 && (source is null || target is null)))
        {
            throw new FhirException(
                ProblemKind.Invalid, "required",
                "Say which code systems are meant by 'source' and 'target': the map has "
                    + (groups.Count > 1 ? "several groups." : "no group that says so."));
        }

        (_group, _groupIndex) = groups.Count == 1 ? groups[0] : (default, -1);
        Source = source ?? _group.First("source").Text ?? throw NoSystem("source");
        Target = target ?? _group.First("target").Text ?? throw NoSystem("target");
    }

    internal string Source { get; }

    internal string Target { get; }

    /// <summary>The local codes that are mapped, or found to have nothing to be mapped to.</summary>
    internal IEnumerable<string> Decided => Elements
        .Where(element => element["target"].Any())
        .Select(element => element.First("code").Text)
        .OfType<string>();

    /// <summary>The targets that were refused for a local code.</summary>
    internal IReadOnlyList<string> RefusedFor(string code) =>
        [.. Elements.Where(element => element.First("code").Text == code).SelectMany(RefusedBy)];

    internal static bool HasRefusals(FhirNode element) => RefusedBy(element).Any();

    /// <summary>The map with decisions in it; what nobody decided about stays as it is.</summary>
    internal FhirDocument With(IReadOnlyList<MappingDecision> decisions)
    {
        var byCode = decisions.ToLookup(decision => decision.Code);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var at = _groupIndex < 0 ? _map.Root["group"].Count() : _groupIndex;
        var count = 0;
        var builder = FhirBuilder.From(_map).Set($"group[{at}]", AddAll);
        // A group of R4 has elements.
        return (count > 0 ? builder : builder.Remove($"group[{at}]")).Build();

        void AddAll(FhirBuilder group)
        {
            group.Set("source", Source).Set("target", Target);
            foreach (var name in (string[])["id", "sourceVersion", "targetVersion", "unmapped"])
            {
                if (_group.First(name) is { Exists: true } kept)
                {
                    group.Set(name, kept);
                }
            }

            foreach (var element in Elements)
            {
                var code = element.First("code").Text ?? "";
                if (!byCode.Contains(code))
                {
                    group.Add("element", element);
                    count++;
                }
                else if (written.Add(code))
                {
                    count += AddElement(group, element, byCode[code]) ? 1 : 0;
                }
            }

            foreach (var fresh in byCode.Where(one => !written.Contains(one.Key)))
            {
                count += AddElement(group, default, fresh) ? 1 : 0;
            }
        }
    }

    /// <summary>Adds an element as the decisions make it; false when nothing is left of it.</summary>
    static bool AddElement(FhirBuilder group, FhirNode old, IEnumerable<MappingDecision> decisions)
    {
        // 1. What is there, and what the decisions make of it, one after the other.
        var targets = old["target"].Select(target => (Code: target.First("code").Text, Node: target))
            .Select(one => new Entry(one.Code, one.Node, null)).ToList();
        var refused = RefusedBy(old).ToList();
        MappingDecision? last = null;
        foreach (var decision in decisions)
        {
            last = decision;
            targets.RemoveAll(target => decision.Action is not (MappingAction.Add or MappingAction.Refuse)
                || target.Code is null || target.Code == decision.Target);
            if (decision.Target is { } code)
            {
                refused.Remove(code);
            }

            switch (decision)
            {
                case { Action: MappingAction.Confirm or MappingAction.Add or MappingAction.None }:
                    targets.Add(new Entry(decision.Target, default, decision));
                    break;
                case { Action: MappingAction.Refuse, Target: { } wrong }:
                    refused.Add(wrong);
                    break;
            }
        }

        // 2. The element, unless nothing is left of it.
        if (targets.Count + refused.Count == 0)
        {
            return false;
        }

        group.Add("element", element =>
        {
            refused.ForEach(code => element.AddExtension(Refused, "valueCode", code));
            element.Set("code", last?.Code ?? "");
            if ((last?.Display ?? old.First("display").Text) is { } display)
            {
                element.Set("display", display);
            }

            targets.ForEach(target => AddTarget(element, target));
        });
        return true;
    }

    static void AddTarget(FhirBuilder element, Entry entry)
    {
        if (entry.Decision is not { } decision)
        {
            element.Add("target", entry.Node);
            return;
        }

        element.Add("target", target =>
        {
            if (decision.Target is { } code)
            {
                target.Set("code", code);
            }

            if (decision is { Target: not null, TargetDisplay: { } display })
            {
                target.Set("display", display);
            }

            target.Set("equivalence", decision.Action == MappingAction.None ? "unmatched" : decision.Equivalence);
            if (decision.Comment is { } comment)
            {
                target.Set("comment", comment);
            }
        });
    }

    IEnumerable<FhirNode> Elements => _group["element"];

    static IEnumerable<string> RefusedBy(FhirNode element) => element["extension"]
        .Where(extension => extension.First("url").Text == Refused)
        .Select(extension => extension.First("value").Text)
        .OfType<string>();

    static FhirException NoSystem(string name) => new(
        ProblemKind.Invalid, "required", $"The map's group does not say its {name}; give it as '{name}'.");

    /// <summary>A target as it was, or as it was decided.</summary>
    sealed record Entry(string? Code, FhirNode Node, MappingDecision? Decision);
}
