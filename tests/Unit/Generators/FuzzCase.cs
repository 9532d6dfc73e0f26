using FhirHub.Fhir.Documents;

namespace FhirHub.Generators;

/// <summary>One mutated document, the same for the same seed and index, and what must hold of its parse.</summary>
sealed class FuzzCase
{
    FuzzCase(byte[] bytes, bool isXml)
    {
        Bytes = bytes;
        IsXml = isXml;
    }

    internal byte[] Bytes { get; }

    internal bool IsXml { get; }

    /// <summary>What became of it, in a few words to count by.</summary>
    internal string Outcome { get; private set; } = "not run";

    /// <summary>What does not hold, or null.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Bytes allocated by the hungrier of the two parses.</summary>
    internal long Allocated { get; private set; }

    internal static FuzzCase Make(FuzzCorpus corpus, int seed, long index)
    {
        // Not HashCode, which differs from process to process.
        var mixed = unchecked(((ulong)seed * 0x9E3779B97F4A7C15UL + (ulong)index) * 0xD1B54A32D192ED03UL);
        var random = new Random((int)(mixed >> 33));
        var isXml = random.Next(3) == 0;
        var documents = isXml ? corpus.Xml : corpus.Json;
        var document = documents[random.Next(documents.Length)];
        return new FuzzCase(new Mutator(random, isXml).Mutate(document, documents[random.Next(documents.Length)]), isXml);
    }

    internal void Run()
    {
        try
        {
            Check();
        }
        // Whatever it is: a parse must not throw at all.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Problem = exception.ToString();
            Outcome = "exception";
        }
    }

    void Check()
    {
        var strict = Parse(ParseOptions.Strict);
        var lenient = Parse(ParseOptions.Lenient);
        Outcome = Kind(strict, lenient);
        Problem = strict.Document is not null != (strict.Issues.Count == 0) ? "a document with issues, or none without"
            : strict.Issues.Count != lenient.Issues.Count ? "strict and lenient find different problems"
            : strict.Issues.Any(issue => issue.Line < 1 || issue.Column < 1 || issue.Text.Length == 0)
                ? "an issue without a place or a text"
            : strict.Document is { } whole && !lenient.OrThrow().Json.Span.SequenceEqual(whole.Json.Span)
                ? "a lenient parse changed a valid document"
            : lenient.Document is { } left ? LeftProblem(left)
            : lenient.Issues.All(issue => issue.Severity != IssueSeverity.Fatal && issue.Expression is not null)
                ? "nothing is left, and nothing says why"
            : null;
    }

    ParseResult Parse(ParseOptions options)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = IsXml ? FhirDocument.ParseXml(Bytes, options) : FhirDocument.ParseJson(Bytes, options);
        Allocated = Math.Max(Allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        return result;
    }

    /// <summary>
    /// What a lenient parse leaves lacks at most required elements, and says the same when read again.
    /// </summary>
    static string? LeftProblem(FhirDocument left)
    {
        var read = FhirDocument.ParseJson(left.Json, ParseOptions.Lenient);
        if (read.Issues.FirstOrDefault(issue => issue.Code != IssueType.Required) is { } issue)
        {
            return "what is left is not valid: " + issue;
        }

        if (DocumentComparison.Difference(left, read.OrThrow()) is { } difference)
        {
            return "what is left reads differently: " + difference;
        }

        var written = FhirDocument.ParseJson(left.ToJson(), ParseOptions.Lenient);
        return DocumentComparison.Difference(left, written.OrThrow()) is { } change
            ? "written, it differs: " + change
            : XmlProblem(left);
    }

    static string? XmlProblem(FhirDocument left)
    {
        try
        {
            var read = FhirDocument.ParseXml(left.ToXml(), ParseOptions.Lenient);
            return read.Document is null ? "its XML is refused: " + read.Issues[^1]
                : DocumentComparison.Difference(left, read.Document) is { } change ? "as XML, it differs: " + change
                : null;
        }
        catch (FhirFormatException)
        {
            // JSON may hold U+FFFE and U+FFFF, XML may not; then the writer says so.
            return null;
        }
    }

    static string Kind(ParseResult strict, ParseResult lenient) =>
        strict.Document is not null ? "valid"
        : lenient.Document is not null ? "invalid, a part kept"
        : strict.Issues[^1].Severity == IssueSeverity.Fatal ? "not well-formed"
        : "invalid, nothing kept";
}
