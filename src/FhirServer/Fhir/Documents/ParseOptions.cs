namespace FhirHub.Fhir.Documents;

/// <summary>How to parse: how strictly, and how much at most.</summary>
public sealed record ParseOptions
{
    /// <summary>As deep as the stack of every thread has room for.</summary>
    internal const int DepthLimit = 1000;

    /// <summary>Any problem means no document.</summary>
    public static ParseOptions Strict { get; } = new();

    /// <summary>Drops what is wrong, says so in warnings, and keeps the rest.</summary>
    public static ParseOptions Lenient { get; } = new() { IsLenient = true };

    public bool IsLenient { get; init; }

    /// <summary>The deepest nesting of objects and arrays allowed, from 1 to 1000.</summary>
    public int DepthMax
    {
        get;
        init => field = value is >= 1 and <= DepthLimit
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DepthMax), value, $"A depth is from 1 to {DepthLimit}.");
    } = 128;

    /// <summary>The largest content allowed, in bytes.</summary>
    public int BytesMax { get; init; } = 512 * 1024 * 1024;

    /// <summary>How many issues to report before giving up on listing more.</summary>
    public int IssuesMax { get; init; } = 200;

    /// <summary>What the last issue says when there are more.</summary>
    internal string ListEnds => $"More than {IssuesMax} problems; the rest is not listed.";

    /// <summary>Whether narrative is checked against the XHTML subset FHIR allows.</summary>
    public bool ChecksNarrative { get; init; } = true;
}
