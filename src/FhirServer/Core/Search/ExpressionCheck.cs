using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;
using static FhirHub.Core.Search.CustomDefinitionReader;

namespace FhirHub.Core.Search;

/// <summary>Whether the expressions of a search parameter can give values of its type on each of its bases.</summary>
static class ExpressionCheck
{
    internal static void Check(SearchParameterSchema parameter)
    {
        var text = parameter.Expression ?? "";
        var expression = Compiled(text, "expression");
        var parts = Parts(expression).ToList();
        var serves = new bool[parts.Count];
        foreach (var name in parameter.Base)
        {
            // A part is about the bases it makes sense on; on the others it selects nothing.
            var type = FhirSchema.R4[name];
            string? problem = null;
            var isServed = false;
            for (var i = 0; i < parts.Count; i++)
            {
                var wrong = Problem(text, parts[i], type);
                isServed |= wrong is null;
                serves[i] |= wrong is null;
                problem ??= wrong;
            }

            if (!isServed)
            {
                throw Wrong("value", "expression", $"It makes no sense on {name}: {problem}");
            }

            CheckValues(parameter, expression, type);
        }

        var idle = Array.IndexOf(serves, false);
        if (idle >= 0)
        {
            var wrong = Problem(text, parts[idle], FhirSchema.R4[parameter.Base[0]]);
            throw Wrong("value", "expression", $"A part of it makes no sense on any base: {wrong}");
        }
    }

    static Expr Compiled(string text, string element)
    {
        try
        {
            return FhirPathExpression.Compile(text).Syntax;
        }
        catch (FhirPathException wrong)
        {
            throw Wrong("invalid", element, $"It is not FHIRPath: {wrong.Message}");
        }
    }

    static string? Problem(string text, Expr part, TypeSchema type)
    {
        try
        {
            new SemanticCheck(text, strict: false).Check(part, type);
            return null;
        }
        catch (FhirPathException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>What a union is of.</summary>
    static IEnumerable<Expr> Parts(Expr expression) =>
        expression is Expr.Binary { Operator: BinaryOperator.Union } union
            ? Parts(union.Left).Concat(Parts(union.Right))
            : [expression];

    /// <summary>
    /// Where it can be seen which elements are selected, at least one has to be of a kind the parameter can index.
    /// </summary>
    static void CheckValues(SearchParameterSchema parameter, Expr expression, TypeSchema type)
    {
        var root = new PlanNode(type);
        if (type.IsAbstract || new PathCompiler(root, root, []).Select(expression) is not { } places)
        {
            return;
        }

        if (places.Count == 0)
        {
            throw Wrong("value", "expression", $"It selects nothing of {type.Name}.");
        }

        if (parameter.Type == SearchParameterType.Composite)
        {
            CheckComponents(parameter, places);
        }
        else if (!places.Exists(place => IsOfUse(parameter.Type, place.Type)))
        {
            throw Wrong(
                "value",
                "expression",
                $"A parameter of type {Lower(parameter.Type)} cannot index what it selects of {type.Name}, which is "
                    + $"{string.Join(" or ", places.Select(p => p.Type.Name).Distinct())}.");
        }
    }

    static void CheckComponents(SearchParameterSchema parameter, List<PlanNode> places)
    {
        foreach (var component in parameter.Components)
        {
            var expression = Compiled(component.Expression, "component.expression");
            var problems = places.ConvertAll(place => Problem(component.Expression, expression, place.Type));
            if (problems.TrueForAll(problem => problem is not null))
            {
                throw Wrong("value", "component.expression", $"It makes no sense on the composite: {problems[0]}");
            }
        }
    }

    /// <summary>An extension is indexed by its value, which may be of any type.</summary>
    static bool IsOfUse(SearchParameterType parameter, TypeSchema type) =>
        type.Name == "Extension" || ValueKinds.For(parameter, type) != ValueKind.None;

#pragma warning disable CA1308 // FHIR writes its codes in lower case
    static string Lower(SearchParameterType type) => type.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
