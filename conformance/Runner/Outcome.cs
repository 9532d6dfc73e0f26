using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Conformance;

/// <summary>What came of an expression: its items, or the error it ended in.</summary>
sealed record Outcome(IReadOnlyList<FhirPathTest.Item> Items, string? Error)
{
    internal bool IsError => Error is not null;

    internal string Text => Error ?? Describe([.. Items.Select(item => item.Text)]);

    internal static string Describe(IReadOnlyList<string> items) =>
        items.Count == 1 ? items[0] : $"{{{string.Join(", ", items)}}}";

    internal static Outcome Of(FhirPathTest test, FhirDocument? input, FhirPathEnvironment environment)
    {
        try
        {
            var context = input?.Type ?? FhirSchema.R4["Patient"];
            var strict = test.IsStrict || test.ChecksOrder;
            var expression = FhirPathExpression.Compile(test.Expression, context, strict);
            var node = input?.Root ?? default;
            return test.IsPredicate
                ? new Outcome([Item(FhirPathValue.Of(expression.IsTrue(node, environment)))], null)
                : new Outcome([.. expression.Evaluate(node, environment).Select(Item)], null);
        }
        catch (FhirPathException e)
        {
            return new Outcome([], $"error: {e.Message}");
        }
    }

    static FhirPathTest.Item Item(FhirPathValue value)
    {
        var isTemporal = value.System.Kind is FhirPathKind.Date or FhirPathKind.DateTime or FhirPathKind.Time;
        var text = value.System.Kind == FhirPathKind.Time ? $"@T{value}" : isTemporal ? $"@{value}" : value.ToString();
        return new FhirPathTest.Item(TypeOf(value), text);
    }

    // The suite writes the System types as FHIR's primitives, but for Quantity.
    static string TypeOf(FhirPathValue value) => value.IsNode || value.Kind == FhirPathKind.Quantity
        ? value.Type.Name
        : char.ToLowerInvariant(value.Type.Name[0]) + value.Type.Name[1..];
}
