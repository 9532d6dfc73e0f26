using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search;

/// <summary>
/// Turns an expression into places of a plan. It knows the shapes that search parameters are written in; for anything
/// else it answers null, and the evaluator serves that parameter.
/// </summary>
/// <param name="start">Where paths without a source begin.</param>
/// <param name="resource">Where <c>%resource</c> is.</param>
/// <param name="counters">The positions counted so far; null where counting would not start afresh each time.</param>
sealed partial class PathCompiler(PlanNode start, PlanNode? resource, List<int>? counters)
{
    /// <summary>
    /// The places an expression selects; empty when it selects nothing on this type, null when it is not a path.
    /// </summary>
    internal List<PlanNode>? Select(Expr expression) => expression switch
    {
        Expr.This => [start],
        Expr.Empty => [],
        Expr.Variable { Name: "resource" or "rootResource" } => resource is null ? null : [resource],
        Expr.Member { Source: null } member => First(member.Name),
        Expr.Member { Source: { } source } member => Each(Select(source), node => Step(node, member.Name)),
        Expr.Typed { IsAs: true } typed => Each(Select(typed.Source), node => Narrow(node, typed.Type)),
        Expr.Item { Position: Expr.Literal { Value.Kind: FhirPathKind.Integer } at } item =>
            Position(Select(item.Source), at.Value.Integer),
        Expr.Binary { Operator: BinaryOperator.Union } union => Join(Select(union.Left), Select(union.Right)),
        Expr.Call call => Call(call),
        _ => null,
    };

    List<PlanNode>? Call(Expr.Call call)
    {
        var source = call.Source is null ? [start] : Select(call.Source);
        return (call.Function, call.Arguments) switch
        {
            ("as" or "ofType", [var type]) when NameOf(type) is { } name => Each(source, node => Narrow(node, name)),
            ("where", [var criteria]) => Each(source, node => Where(node, criteria)),
            ("extension", [Expr.Literal { Value.Kind: FhirPathKind.String } url]) =>
                Each(source, node => Extension(node, url.Value.String)),
            ("first", []) => Position(source, 0),
            _ => null,
        };
    }

    /// <summary>A path begins with an element, or with a type that the start has to be of.</summary>
    List<PlanNode>? First(string name)
    {
        if (char.IsUpper(name[0]) && FhirSchema.R4.TryGetType(name, out var type))
        {
            return start.Type.IsA(type) ? [start] : [];
        }

        return Step(start, name);
    }

    static List<PlanNode>? Step(PlanNode node, string name)
    {
        // Below an abstract type each document has properties of its own.
        if (node.Type.IsAbstract || !node.Type.TryGetElement(name, out var element))
        {
            return null;
        }

        return [.. element.Properties.Select(node.Step)];
    }

    /// <summary>As the evaluator does it: complex types by inheritance, primitives exactly.</summary>
    static List<PlanNode>? Narrow(PlanNode node, TypeName name)
    {
        if (name.Namespace is not (null or "FHIR") || !FhirSchema.R4.TryGetType(name.Name, out var type))
        {
            return null;
        }

        if (node.Type.IsResource && node.Type.IsAbstract && type.IsA(node.Type) && !ReferenceEquals(node.Type, type))
        {
            return type.IsAbstract ? null : [node.Narrow(type)];
        }

        var isIt = type.IsPrimitive ? ReferenceEquals(node.Type, type) : node.Type.IsA(type);
        return isIt ? [node] : [];
    }

    static TypeName? NameOf(Expr type) => type switch
    {
        Expr.Member { Source: null } member => new TypeName(null, member.Name),
        Expr.Member { Source: Expr.Member { Source: null } space } member => new TypeName(space.Name, member.Name),
        _ => null,
    };

    static List<PlanNode>? Where(PlanNode node, Expr criteria) =>
        Test(node, criteria) is { } condition ? [node.When(condition)] : null;

    static List<PlanNode>? Extension(PlanNode node, string url)
    {
        if (Step(node, "extension") is not [var extension])
        {
            return null;
        }

        var path = new PlanNode(extension.Type);
        return Equal(path, Step(path, "url"), url, false) is { } condition ? [extension.When(condition)] : null;
    }

    List<PlanNode>? Position(List<PlanNode>? source, int position)
    {
        if (source is null || counters is null)
        {
            return null;
        }

        // One counter for all places: the position is that in the collection, wherever its items come from.
        var condition = new Condition.AtPosition(counters.Count, position);
        counters.Add(position);
        return source.ConvertAll(node => node.When(condition));
    }

    static List<PlanNode>? Each(List<PlanNode>? source, Func<PlanNode, List<PlanNode>?> step)
    {
        if (source is null)
        {
            return null;
        }

        var all = new List<PlanNode>();
        var isAny = source.Count == 0;
        foreach (var node in source)
        {
            // Of a choice, only the types that have the element go on.
            if (step(node) is { } next)
            {
                all.AddRange(next);
                isAny = true;
            }
        }

        return isAny ? all : null;
    }

    /// <summary>A union takes each node once, so two branches that can meet on one are left to the evaluator.</summary>
    static List<PlanNode>? Join(List<PlanNode>? left, List<PlanNode>? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        foreach (var node in right)
        {
            if (left.Exists(other => !ReferenceEquals(other, node) && other.Overlaps(node)))
            {
                return null;
            }
        }

        return [.. left.Union(right)];
    }
}
