namespace FhirHub.Core.Search;

/// <summary>Values that an expression computes instead of finding them in the document.</summary>
static class ComputedValues
{
    static readonly SearchValue True = new SearchValue.Token(default, Utf8Text.Of("true"), default, TokenSystem.Implied);
    static readonly SearchValue False = new SearchValue.Token(default, Utf8Text.Of("false"), default, TokenSystem.Implied);

    internal static SearchValue Boolean(bool value) => value ? True : False;
}
