using System.Collections;
using FhirHub.Core.Model;
using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.ValueSets.Ecl;

/// <summary>Which concepts of a code system an expression constraint means, as a set of bits.</summary>
sealed class EclEvaluator(CodeSystem system, string path)
{
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
        var wanted = Of(attribute.Value);
        var counts = new int[system.Count];
        foreach (var (concept, value) in Relations(Of(attribute.Name)))
        {
            var (owner, other) = attribute.IsReverse ? (value, concept) : (concept, value);
            counts[owner] += wanted[other] != attribute.IsNot ? 1 : 0;
        }

        var having = new BitArray(system.Count);
        for (var concept = 0; concept < counts.Length; concept++)
        {
            having[concept] = counts[concept] >= attribute.Min && counts[concept] <= attribute.Max;
        }

        return having;
    }

    BitArray ValuesOf(BitArray concepts, BitArray names)
    {
        var values = new BitArray(system.Count);
        foreach (var (concept, value) in Relations(names))
        {
            values[value] |= concepts[concept];
        }

        return values;
    }

    /// <summary>Every pair of concepts that an attribute of some names relates.</summary>
    IEnumerable<(int Concept, int Value)> Relations(BitArray names)
    {
        foreach (var column in system.Properties)
        {
            if (column.Role != PropertyRole.Value
                || system.Find(column.Code) is not (>= 0 and var name) || !names[name])
            {
                continue;
            }

            foreach (var (concept, text) in column.All)
            {
                if (system.Find(text) is >= 0 and var value)
                {
                    yield return (concept, value);
                }
            }
        }

        // Standing below something is an attribute, too.
        if (system.Find($"{Snomed.IsA}") is >= 0 and var isA && names[isA])
        {
            for (var concept = 0; concept < system.Count; concept++)
            {
                foreach (var parent in system.Hierarchy.Parents(concept).ToArray())
                {
                    yield return (concept, parent);
                }
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
