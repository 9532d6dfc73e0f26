using System.Globalization;
using System.Xml.Linq;

namespace FhirHub.Conformance;

/// <summary>One test of the suite as its schema describes it.</summary>
sealed record FhirPathTest
{
    public required string Name { get; init; }

    public required string Expression { get; init; }

    public string? InputFile { get; init; }

    /// <summary>How the expression is wrong: <c>syntax</c>, <c>semantic</c>, <c>execution</c>; or null.</summary>
    public string? Invalid { get; init; }

    /// <summary>Whether the test is about what a static check finds.</summary>
    public bool IsStrict { get; init; }

    public bool ChecksOrder { get; init; }

    /// <summary>Whether the result counts as a boolean: true when there is one.</summary>
    public bool IsPredicate { get; init; }

    public bool IsOrdered { get; init; }

    public required IReadOnlyList<Item> Outputs { get; init; }

    public string Expected =>
        Invalid is not null ? $"a {Invalid} error" : Outcome.Describe([.. Outputs.Select(output => output.Text)]);

    internal static FhirPathTest Read(XElement test)
    {
        var expression = test.Element("expression") ?? throw new InvalidDataException($"{test} has no expression");
        return new FhirPathTest
        {
            Name = test.Attribute("name")?.Value ?? "(unnamed)",
            Expression = expression.Value,
            InputFile = test.Attribute("inputfile")?.Value,
            Invalid = expression.Attribute("invalid")?.Value,
            IsStrict = test.Attribute("mode")?.Value == "strict" || expression.Attribute("mode")?.Value == "strict",
            ChecksOrder = test.Attribute("checkOrderedFunctions")?.Value == "true",
            IsPredicate = test.Attribute("predicate")?.Value == "true",
            IsOrdered = test.Attribute("ordered")?.Value != "false",
            Outputs = [.. test.Elements("output").Select(o => new Item(o.Attribute("type")?.Value, o.Value))],
        };
    }

    internal bool Accepts(Outcome actual)
    {
        if (Invalid is not null || actual.IsError)
        {
            return Invalid is not null && actual.IsError;
        }

        if (actual.Items.Count != Outputs.Count)
        {
            return false;
        }

        return IsOrdered
            ? Outputs.Zip(actual.Items).All(pair => Accepts(pair.First, pair.Second))
            : Outputs.All(output => actual.Items.Any(item => Accepts(output, item)));
    }

    static bool Accepts(Item expected, Item actual)
    {
        if (expected.Type is not null && expected.Type != actual.Type)
        {
            return false;
        }

        if (expected.Text == actual.Text)
        {
            return true;
        }

        // Decimals are equal whatever zeros they end in.
        return actual.Type == "decimal"
            && decimal.TryParse(expected.Text, CultureInfo.InvariantCulture, out var x)
            && decimal.TryParse(actual.Text, CultureInfo.InvariantCulture, out var y)
            && x == y;
    }

    /// <summary>A typed value in the notation of the suite.</summary>
    internal sealed record Item(string? Type, string Text);
}
