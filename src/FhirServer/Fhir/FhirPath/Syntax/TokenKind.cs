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

/// <summary>A token: its place in the text, and its meaning once quotes and escapes are gone.</summary>
readonly record struct Token(TokenKind Kind, int Start, int End, string Text)
{
    internal bool Is(string symbolOrKeyword) => Kind is TokenKind.Symbol or TokenKind.Word && Text == symbolOrKeyword;

    internal string Describe() => Kind switch
    {
        TokenKind.End => "the end of the expression",
        TokenKind.String => "a string",
        _ => $"'{Text}'",
    };
}
