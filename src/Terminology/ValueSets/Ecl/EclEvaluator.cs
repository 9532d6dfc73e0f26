using System.Collections;
using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.ValueSets.Ecl;

/// <summary>Which concepts of a code system an expression constraint means, as a set of bits.</summary>
sealed class EclEvaluator(CodeSystem system, string path)
{
    readonly Lazy<EclGroups> _groups = new(() => new EclGroups(system));

    /// <summary>The filter that an expression is.</summary>
    internal static CompiledFilter Compile(CodeSystem system, string text, string path)
    {
        var set = new EclEvaluator(system, path).Of(EclParser.Parse(text, path));
        var concepts = Concepts(set);
        return new CompiledFilter(concept => set[concept], () => concepts);
    }

    /// <summary>The concepts that are in any of some reference sets, which are given by their codes.</summary>
    internal static CompiledFilter Members(CodeSystem system, IReadOnlyCollection<string> refsets)
    {
        var members = new BitArray(system.Count);
        foreach (var (concept, refset) in Memberships(system))
        {
            members[concept] |= refsets.Contains(refset);
        }

        var concepts = Concepts(members);
        return new CompiledFilter(concept => members[concept], () => concepts);
    }

    /// <summary>The concepts that are reference sets with members.</summary>
    internal static CompiledFilter Refsets(CodeSystem system)
    {
        var concepts = Memberships(system).Select(one => one.Value).Distinct()
            .Select(system.Find).Where(concept => concept >= 0).Order().ToList();
        var set = concepts.ToHashSet();
        return new CompiledFilter(set.Contains, () => concepts);
    }

    BitArray Of(EclNode node) => node switch
    {
        EclNode.Concept concept => One(concept.Code),
        EclNode.Every => new BitArray(system.Count, true),
        EclNode.Related related => Related(related.Relation, Of(related.Of)),
        EclNode.Member member => Members(Of(member.Of), member.Of is EclNode.Every),
        EclNode.And and => and.Parts.Select(Of).Aggregate((all, next) => all.And(next)),
        EclNode.Or or => or.Parts.Select(Of).Aggregate((all, next) => all.Or(next)),
        EclNode.Minus minus => Of(minus.From).And(Of(minus.What).Not()),
        EclNode.Refined refined => Of(refined.Base).And(Of(refined.Attributes)),
        EclNode.Attribute attribute => Having(attribute),
        EclNode.Group group => Having(group),
        EclNode.ValuesOf values => ValuesOf(Of(values.Base), Of(values.Name)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    BitArray One(string code)
    {
        var set = new BitArray(system.Count);
        set[Named(code)] = true;
        return set;
    }

    int Named(string code) => system.Find(code) is >= 0 and var concept
        ? concept
        : throw new FhirException(
            ProblemKind.Unprocessable, "invalid",
            system.IsComplete
                ? $"{system.Canonical} has no concept {code}, which the expression names."
                : $"The part of {system.Canonical} that is here has no concept {code}, which the expression names.",
            path);

    BitArray Related(EclRelation relation, BitArray from)
    {
        var isDown = relation is EclRelation.Below or EclRelation.BelowOrSelf or EclRelation.Child
            or EclRelation.ChildOrSelf;
        var isNear = relation is EclRelation.Child or EclRelation.ChildOrSelf or EclRelation.Parent
            or EclRelation.ParentOrSelf;
        var isSelf = relation is EclRelation.BelowOrSelf or EclRelation.ChildOrSelf or EclRelation.AboveOrSelf
            or EclRelation.ParentOrSelf;
        var found = new BitArray(system.Count);
        var open = new Queue<int>(Concepts(from));
        while (open.TryDequeue(out var concept))
        {
            foreach (var next in isDown ? system.Hierarchy.Children(concept) : system.Hierarchy.Parents(concept))
            {
                if (!found[next])
                {
                    found[next] = true;
                    if (!isNear)
                    {
                        open.Enqueue(next);
                    }
                }
            }
        }

        return isSelf ? found.Or(from) : found;
    }

    BitArray Members(BitArray refsets, bool isAny)
    {
        var members = new BitArray(system.Count);
        foreach (var (concept, refset) in Memberships(system))
        {
            members[concept] |= isAny || (system.Find(refset) is >= 0 and var found && refsets[found]);
        }

        return members;
    }

    /// <summary>The concepts whose number of such attributes is within the bounds.</summary>
    BitArray Having(EclNode.Attribute attribute)
    {
        var isWanted = Wanted(attribute);
        var names = Of(attribute.Name);
        var counts = new int[system.Count];
        foreach (var column in Named(names))
        {
            foreach (var (concept, text) in column.All)
            {
                var owner = attribute.IsReverse ? system.Find(text) : concept;
                if (owner >= 0)
                {
                    counts[owner] += isWanted(column, text, concept) ? 1 : 0;
                }
            }
        }

        foreach (var (concept, parent) in ParentsAsValues(names))
        {
            counts[attribute.IsReverse ? parent : concept] += isWanted(null, system.Codes[parent], concept) ? 1 : 0;
        }

        return Within(counts, attribute.Min, attribute.Max);
    }

    /// <summary>The concepts whose number of groups with such attributes is within the bounds.</summary>
    BitArray Having(EclNode.Group group)
    {
        var inside = InGroups(group.Attributes);
        return Within(_groups.Value.CountsByConcept(one => inside[one]), group.Min, group.Max);
    }

    /// <summary>The groups that have what is wanted in them.</summary>
    BitArray InGroups(EclNode node) => node switch
    {
        EclNode.And and => and.Parts.Select(InGroups).Aggregate((all, next) => all.And(next)),
        EclNode.Or or => or.Parts.Select(InGroups).Aggregate((all, next) => all.Or(next)),
        EclNode.Attribute attribute => InGroups(attribute),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    BitArray InGroups(EclNode.Attribute attribute)
    {
        var isWanted = Wanted(attribute);
        var counts = new int[_groups.Value.Count];
        foreach (var (column, value, group) in _groups.Value.Values([.. Named(Of(attribute.Name))]))
        {
            counts[group] += isWanted(column, value, -1) ? 1 : 0;
        }

        return Within(counts, attribute.Min, attribute.Max);
    }

    static BitArray Within(int[] counts, int min, int max)
    {
        var within = new BitArray(counts.Length);
        for (var place = 0; place < counts.Length; place++)
        {
            within[place] = counts[place] >= min && counts[place] <= max;
        }

        return within;
    }

    /// <summary>
    /// Whether a value of a property, null for what stands above, is one that an attribute wants; in reverse whether
    /// the concept that has it is.
    /// </summary>
    Func<PropertyColumn?, string, int, bool> Wanted(EclNode.Attribute attribute)
    {
        var isNot = attribute.IsNot;
        switch (attribute.Value)
        {
            case EclNode.Number number:
                return (column, text, _) => column?.Type is "integer" or "decimal"
                    && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    && number.Comparison switch
                    {
                        "=" => value == number.Value,
                        "!=" => value != number.Value,
                        "<" => value < number.Value,
                        "<=" => value <= number.Value,
                        ">" => value > number.Value,
                        _ => value >= number.Value,
                    };
            case EclNode.Text wanted:
                return (column, text, _) => column?.Type == "string" && text == wanted.Value != isNot;
            case EclNode.Truth truth:
                return (column, text, _) => column?.Type == "boolean" && text == "true" == (truth.Value != isNot);
            default:
                var set = Of(attribute.Value);
                return (_, text, concept) => system.Find(text) is >= 0 and var value
                    && set[attribute.IsReverse ? concept : value] != isNot;
        }
    }

    BitArray ValuesOf(BitArray concepts, BitArray names)
    {
        var values = new BitArray(system.Count);
        foreach (var (concept, text) in Named(names).SelectMany(column => column.All))
        {
            if (system.Find(text) is >= 0 and var value)
            {
                values[value] |= concepts[concept];
            }
        }

        foreach (var (concept, parent) in ParentsAsValues(names))
        {
            values[parent] |= concepts[concept];
        }

        return values;
    }

    /// <summary>The properties that are attributes of some names.</summary>
    IEnumerable<PropertyColumn> Named(BitArray names) => system.Properties.Where(
        column => EclGroups.IsAttribute(system, column) && names[system.Find(column.Code)]);

    /// <summary>Standing below something is an attribute, too.</summary>
    IEnumerable<(int Concept, int Parent)> ParentsAsValues(BitArray names)
    {
        if (system.Find($"{Snomed.IsA}") is not (>= 0 and var isA) || !names[isA])
        {
            yield break;
        }

        for (var concept = 0; concept < system.Count; concept++)
        {
            foreach (var parent in system.Hierarchy.Parents(concept).ToArray())
            {
                yield return (concept, parent);
            }
        }
    }

    static IEnumerable<(int Concept, string Value)> Memberships(CodeSystem system) =>
        system.TryGetProperty(Snomed.RefsetProperty, out var column) ? column.All : [];

    static List<int> Concepts(BitArray set)
    {
        var concepts = new List<int>();
        for (var concept = 0; concept < set.Length; concept++)
        {
            if (set[concept])
            {
                concepts.Add(concept);
            }
        }

        return concepts;
    }
}
