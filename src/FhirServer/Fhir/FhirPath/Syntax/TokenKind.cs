namespace FhirHub.Fhir.FhirPath;

/// <summary>What a token of an expression is.</summary>
enum TokenKind : byte
{
    End,

    /// <summary>A plain identifier or a keyword; only the parser can tell them apart.</summary>
    Word,

    /// <summary>An identifier between backticks, never a keyword.</summary>
    Delimited,
    String,
    Number,
    Date,
    DateTime,
    Time,

    /// <summary>One of <c>$this</c>, <c>$index</c> and <c>$total</c>.</summary>
    Dollar,
    Symbol,
}
