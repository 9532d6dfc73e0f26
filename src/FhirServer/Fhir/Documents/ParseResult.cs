namespace FhirHub.Fhir.Documents;

/// <summary>What became of a parse: the document, and everything there is to say about it.</summary>
public sealed class ParseResult
{
    internal ParseResult(FhirDocument? document, IReadOnlyList<FhirIssue> issues)
    {
        Document = document;
        Issues = issues;
    }

    /// <summary>
    /// The document; null when the content has an error (in a lenient parse: when not even a part is usable).
    /// </summary>
    public FhirDocument? Document { get; }

    public IReadOnlyList<FhirIssue> Issues { get; }

    /// <summary>The document, or an exception that carries the issues.</summary>
    public FhirDocument OrThrow() => Document ?? throw new FhirFormatException(Issues);
}
