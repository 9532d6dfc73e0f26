namespace FhirHub.Fhir.FhirPath;

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
