using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// A compiled FHIRPath expression (https://hl7.org/fhirpath/N1/). It holds no state of an evaluation, so one instance
/// serves all threads.
/// </summary>
public sealed class FhirPathExpression
{
    readonly Operation _operation;

    FhirPathExpression(string text, Expr syntax)
    {
        Text = text;
        Syntax = syntax;
        _operation = new Compiler(text).Compile(syntax);
    }

    public string Text { get; }

    /// <summary>The expression as parsed.</summary>
    public Expr Syntax { get; }

    /// <summary>Compiles an expression; throws <see cref="FhirPathException"/> saying where it is wrong.</summary>
    public static FhirPathExpression Compile(string text) => new(text, Parser.Parse(text));

    /// <summary>
    /// Compiles an expression and checks it against the type it will be evaluated on: unknown elements, functions that
    /// cannot work on what they are given; when strict, also what depends on an order that is not there.
    /// </summary>
    public static FhirPathExpression Compile(string text, TypeSchema context, bool strict)
    {
        var expression = Compile(text);
        new SemanticCheck(text, strict).Check(expression.Syntax, context);
        return expression;
    }

    /// <summary>The expression from a cache shared by all, compiled at first use.</summary>
    public static FhirPathExpression Get(string text) => ExpressionCache.Get(text);

    /// <summary>The items the expression gives for a node.</summary>
    public FhirPathValue[] Evaluate(FhirNode node, FhirPathEnvironment? environment = null)
    {
        var run = Evaluation.Start(Text, node, environment ?? FhirPathEnvironment.Default);
        FhirPathValue[] items;
        if (_operation is ScalarOperation)
        {
            items = _operation.TrySingle(run, out var value) ? [value] : [];
        }
        else
        {
            var values = run.Rent();
            _operation.Append(run, values);
            items = values.ToArray();
            run.Return(values);
        }

        run.Finish();
        return items;
    }

    /// <summary>Whether the expression is true: empty is not, a single item that is no boolean is.</summary>
    public bool IsTrue(FhirNode node, FhirPathEnvironment? environment = null) => Test(node, environment) == true;

    /// <summary>
    /// Whether the expression does not say no, as a constraint is met: true, or empty for want of data. R4's own
    /// invariants count on it: ref-1 is empty for a reference that has only a display.
    /// </summary>
    public bool IsMet(FhirNode node, FhirPathEnvironment? environment = null) => Test(node, environment) != false;

    /// <summary>The expression as a boolean, or null when it is empty; several items are an error.</summary>
    public bool? Test(FhirNode node, FhirPathEnvironment? environment = null)
    {
        var run = Evaluation.Start(Text, node, environment ?? FhirPathEnvironment.Default);
        var truth = _operation.Test(run);
        run.Finish();
        return truth;
    }

    /// <summary>Whether the expression gives any item at all.</summary>
    public bool Any(FhirNode node, FhirPathEnvironment? environment = null)
    {
        var run = Evaluation.Start(Text, node, environment ?? FhirPathEnvironment.Default);
        var any = _operation.Any(run);
        run.Finish();
        return any;
    }

    /// <summary>The only item as a System value, or null when there is none; several are an error.</summary>
    public FhirPathValue? Scalar(FhirNode node, FhirPathEnvironment? environment = null)
    {
        var run = Evaluation.Start(Text, node, environment ?? FhirPathEnvironment.Default);
        FhirPathValue? scalar = _operation.TrySingle(run, out var value) ? value : null;
        run.Finish();
        return scalar;
    }

    public override string ToString() => Text;
}
