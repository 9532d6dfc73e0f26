namespace FhirHub.Core.Search.Parsing;

/// <summary>A filter as it is written, before anybody knows what its names stand for.</summary>
abstract record FilterNode
{
    FilterNode()
    {
    }

    /// <summary>All of them.</summary>
    internal sealed record And(IReadOnlyList<FilterNode> Parts) : FilterNode;

    /// <summary>Any of them.</summary>
    internal sealed record Or(IReadOnlyList<FilterNode> Parts) : FilterNode;

    /// <summary>What the part is not true of.</summary>
    internal sealed record Not(FilterNode Part) : FilterNode;

    /// <summary>A path, an operation and a value.</summary>
    /// <param name="Links">The steps of the path before its last.</param>
    /// <param name="Name">The last step: the parameter that is compared.</param>
    /// <param name="Operation">How it is compared.</param>
    /// <param name="Value">With what.</param>
    internal sealed record Test(
        IReadOnlyList<FilterLink> Links, FilterWord Name, FilterWord Operation, FilterWord Value) : FilterNode;
}

/// <summary>A step along a reference, and what the resources it leads to must be.</summary>
readonly record struct FilterLink(FilterWord Name, FilterNode? Inner);

/// <summary>A word of a filter and its place, counted from one.</summary>
readonly record struct FilterWord(string Text, int Place);
