using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search;

// The conditions of where(), and whole expressions that are one.
sealed partial class PathCompiler
{
    /// <summary>
    /// The condition an expression is for the nodes of a place; null when it is none that a plan can test.
    /// </summary>
    internal static Condition? Test(PlanNode node, Expr criteria) => criteria switch
    {
        Expr.Binary { Operator: BinaryOperator.And } and =>
            Test(node, and.Left) is { } left && Test(node, and.Right) is { } right
                ? new Condition.And(left, right)
                : null,
        Expr.Binary { Operator: BinaryOperator.Or } or =>
            Test(node, or.Left) is { } left && Test(node, or.Right) is { } right
                ? new Condition.Or(left, right)
                : null,
        Expr.Binary { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Right: Expr.Literal literal } equal =>
            Equal(node, equal.Left, literal.Value, equal.Operator == BinaryOperator.NotEqual),
        Expr.Typed { IsAs: false, Source: Expr.Call { Source: null, Function: "resolve" } } typed =>
            Targets(node, typed.Type),
        Expr.Call { Function: "is", Source: Expr.Call { Source: null, Function: "resolve" }, Arguments: [var type] } =>
            NameOf(type) is { } name ? Targets(node, name) : null,
        Expr.Call { Function: "exists", Source: { } source, Arguments: [] } => Exists(node, source),
        Expr.Call { Function: "exists", Source: { } source, Arguments: [var inner] } call =>
            Exists(node, new Expr.Call(call.Offset, source, "where", [inner])),
        Expr.Call { Function: "empty", Source: { } source, Arguments: [] } => Not(Exists(node, source)),
        Expr.Call { Function: "not", Source: { } source, Arguments: [] } => Not(Test(node, source)),
        Expr.Call { Function: "hasExtension", Source: null, Arguments: [_] } call =>
            Exists(node, new Expr.Call(call.Offset, null, "extension", call.Arguments)),
        _ => null,
    };

    static Condition.Not? Not(Condition? condition) => condition is null ? null : new Condition.Not(condition);

    static Condition.Exists? Exists(PlanNode node, Expr path)
    {
        var probe = new PlanNode(node.Type);
        return Probe(new PathCompiler(probe, null, null).Select(path)) ? new Condition.Exists(probe) : null;
    }

    static Condition.Targets? Targets(PlanNode node, TypeName name) =>
        (node.Type.Name == "Reference" || node.Type.IsPrimitive)
        && name.Namespace is null or "FHIR"
        && FhirSchema.R4.TryGetType(name.Name, out var type) && type.IsResource
            ? new Condition.Targets(type)
            : null;

    static Condition.Equal? Equal(PlanNode node, Expr path, FhirPathValue literal, bool isNegated)
    {
        var probe = new PlanNode(node.Type);
        var places = new PathCompiler(probe, null, null).Select(path);
        return literal.Kind switch
        {
            FhirPathKind.String => Equal(probe, places, literal.String, isNegated),
            FhirPathKind.Boolean when Probe(places) =>
                new Condition.Equal(probe, literal.Boolean ? "true"u8.ToArray() : "false"u8.ToArray(), isNegated),
            _ => null,
        };
    }

    /// <summary>Whether text is what those places hold; other primitives compare by rules of their own.</summary>
    static Condition.Equal? Equal(PlanNode probe, List<PlanNode>? places, string literal, bool isNegated) =>
        places is not null
        && places.TrueForAll(place => ValueKinds.For(SearchParameterType.String, place.Type) == ValueKind.Text)
        && Probe(places)
            ? new Condition.Equal(probe, Encoding.UTF8.GetBytes(literal), isNegated)
            : null;

    static bool Probe(List<PlanNode>? places)
    {
        if (places is null)
        {
            return false;
        }

        foreach (var place in places)
        {
            place.IsProbed = true;
        }

        return true;
    }
}
