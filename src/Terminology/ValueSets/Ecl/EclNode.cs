namespace FhirHub.Terminology.ValueSets.Ecl;

/// <summary>An expression constraint as it was written; the cases nested here are all there are.</summary>
abstract record EclNode
{
    EclNode()
    {
    }

    /// <summary>One concept.</summary>
    internal sealed record Concept(string Code) : EclNode;

    /// <summary>Every concept: <c>*</c></summary>
    internal sealed record Every : EclNode;

    /// <summary>What stands below or above others in the hierarchy.</summary>
    internal sealed record Related(EclRelation Relation, EclNode Of) : EclNode;

    /// <summary>What is in reference sets: <c>^</c></summary>
    internal sealed record Member(EclNode Of) : EclNode;

    /// <summary>What all parts mean: <c>AND</c>, or a comma.</summary>
    internal sealed record And(IReadOnlyList<EclNode> Parts) : EclNode;

    /// <summary>What any part means.</summary>
    internal sealed record Or(IReadOnlyList<EclNode> Parts) : EclNode;

    /// <summary>What one part means and the other does not.</summary>
    internal sealed record Minus(EclNode From, EclNode What) : EclNode;

    /// <summary>Those of a set that have attributes: <c>x : a = b</c></summary>
    internal sealed record Refined(EclNode Base, EclNode Attributes) : EclNode;

    /// <summary>All concepts with an attribute, so and so often.</summary>
    /// <param name="Name">The concepts that are such attributes.</param>
    /// <param name="Value">The concepts that are such values, or a number, a text or a truth.</param>
    internal sealed record Attribute(EclNode Name, EclNode Value) : EclNode
    {
        internal bool IsReverse { get; init; }

        /// <summary>Whether the value is to be another one: <c>!=</c></summary>
        internal bool IsNot { get; init; }

        internal int Min { get; init; } = 1;

        internal int Max { get; init; } = int.MaxValue;
    }

    /// <summary>All concepts with groups that have attributes, so and so many: <c>{ a = b, c = d }</c></summary>
    internal sealed record Group(EclNode Attributes) : EclNode
    {
        internal int Min { get; init; } = 1;

        internal int Max { get; init; } = int.MaxValue;
    }

    /// <summary>A value that is a number, and how one compares with it: <c>>= #5</c></summary>
    internal sealed record Number(string Comparison, decimal Value) : EclNode;

    /// <summary>A value that is a text: <c>"x"</c></summary>
    internal sealed record Text(string Value) : EclNode;

    /// <summary>A value that is true or false.</summary>
    internal sealed record Truth(bool Value) : EclNode;

    /// <summary>The values that the concepts of a set have in an attribute: <c>x . a</c></summary>
    internal sealed record ValuesOf(EclNode Base, EclNode Name) : EclNode;
}

/// <summary>A place in the hierarchy, seen from a concept.</summary>
enum EclRelation
{
    Below,
    BelowOrSelf,
    Child,
    ChildOrSelf,
    Above,
    AboveOrSelf,
    Parent,
    ParentOrSelf,
}
