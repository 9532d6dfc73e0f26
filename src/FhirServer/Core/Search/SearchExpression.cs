using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// What a resource must be to match. The cases nested here are all there are; each store compiles them in one switch.
/// </summary>
public abstract record SearchExpression
{
    SearchExpression()
    {
    }

    /// <summary>What is said of a parameter.</summary>
    public abstract record OfParameter : SearchExpression
    {
        private protected OfParameter(SearchParameterSchema parameter) => Parameter = parameter;

        public SearchParameterSchema Parameter { get; init; }
    }

    /// <summary>All of them; none means every resource.</summary>
    public sealed record And(IReadOnlyList<SearchExpression> Parts) : SearchExpression;

    /// <summary>Any of them.</summary>
    public sealed record Or(IReadOnlyList<SearchExpression> Parts) : SearchExpression;

    /// <summary>Every resource of the type that the part does not match.</summary>
    public sealed record Not(SearchExpression Part) : SearchExpression;

    /// <summary>The logical id is one of these.</summary>
    public sealed record Ids(IReadOnlyList<string> Values) : SearchExpression;

    /// <summary>The last change is so to the range.</summary>
    public sealed record LastUpdated(DateRange Range, Comparison Comparison = Comparison.Equal) : SearchExpression;

    /// <summary>The resource is in a compartment.</summary>
    public sealed record InCompartment(string Type, string Id) : SearchExpression;

    /// <summary>The organisation that owns the resource.</summary>
    public sealed record OwnedBy(string Organization) : SearchExpression;

    /// <summary>The parameter has no value.</summary>
    public sealed record Missing(SearchParameterSchema Parameter) : OfParameter(Parameter);

    /// <summary>A token; null for any system or any code, an empty system for none.</summary>
    public sealed record Token(SearchParameterSchema Parameter, string? System, string? Code) : OfParameter(Parameter);

    /// <summary>A token that is one of many; null for any system.</summary>
    public sealed record TokenIn(SearchParameterSchema Parameter, IReadOnlyList<TokenCode> Codes)
        : OfParameter(Parameter);

    /// <summary>A token in a value set; what is in it is put in its place before a store sees the query.</summary>
    public sealed record TokenInValueSet(SearchParameterSchema Parameter, string ValueSet) : OfParameter(Parameter);

    /// <summary>
    /// A token above or below a concept in its code system; likewise replaced by the concepts that are.
    /// </summary>
    public sealed record TokenRelated(SearchParameterSchema Parameter, string System, string Code, bool IsAbove)
        : OfParameter(Parameter);

    /// <summary>A media type, with whatever parameters: https://hl7.org/fhir/R4/search.html#token</summary>
    public sealed record MediaType(SearchParameterSchema Parameter, string Value) : OfParameter(Parameter);

    /// <summary>A token whose display or text begins with this, case and accents aside.</summary>
    public sealed record TokenText(SearchParameterSchema Parameter, string Value) : OfParameter(Parameter);

    /// <summary>An identifier of a type, by the type's coding and the identifier's value.</summary>
    public sealed record OfType(SearchParameterSchema Parameter, string System, string Code, string Value)
        : OfParameter(Parameter);

    /// <summary>A string that has the text at its beginning, somewhere, or is it to the letter.</summary>
    public sealed record Text(SearchParameterSchema Parameter, string Value, TextMatch Match = TextMatch.Start)
        : OfParameter(Parameter);

    /// <summary>A name by how it is spoken: a key of pinyin that begins with this.</summary>
    public sealed record Pinyin(SearchParameterSchema Parameter, string Key) : OfParameter(Parameter);

    /// <summary>Some value of the parameter is another than the token or URL of the part.</summary>
    public sealed record Unequal(SearchParameterSchema Parameter, SearchExpression Part) : OfParameter(Parameter);

    /// <summary>A date that is so to the range; equal means wholly inside it.</summary>
    public sealed record Date(
        SearchParameterSchema Parameter, DateRange Range, Comparison Comparison = Comparison.Equal)
        : OfParameter(Parameter);

    /// <summary>A number that is so to what was asked for.</summary>
    public sealed record Number(SearchParameterSchema Parameter, Comparison Comparison, NumberTest Test)
        : OfParameter(Parameter);

    /// <summary>An amount that is so to what was asked for, as its unit is stated.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Comparison">How it compares.</param>
    /// <param name="Test">The number.</param>
    /// <param name="System">The unit's system; null for any.</param>
    /// <param name="Unit">The unit's code, or without a system also its name; null for any.</param>
    public sealed record Quantity(
        SearchParameterSchema Parameter, Comparison Comparison, NumberTest Test, string? System, string? Unit)
        : OfParameter(Parameter);

    /// <summary>An amount that is so to what was asked for, both in UCUM base units.</summary>
    public sealed record BaseQuantity(
        SearchParameterSchema Parameter, Comparison Comparison, double Low, double High, double Value, string Unit)
        : OfParameter(Parameter);

    /// <summary>A reference to a resource; null for any type or version.</summary>
    public sealed record Reference(SearchParameterSchema Parameter, string? Type, string Id, string? Version = null)
        : OfParameter(Parameter);

    /// <summary>
    /// A reference to a resource or to something above or below it: https://hl7.org/fhir/R4/search.html#recursive
    /// </summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Type">The type of the resource.</param>
    /// <param name="Id">The resource.</param>
    /// <param name="PartOf">By what the resources of that type say what they are part of.</param>
    /// <param name="IsAbove">Whether what it is part of is meant, and not what is part of it.</param>
    public sealed record InHierarchy(
        SearchParameterSchema Parameter, string Type, string Id, SearchParameterSchema PartOf, bool IsAbove)
        : OfParameter(Parameter);

    /// <summary>A reference by an identifier instead of an address; null for any system or any value.</summary>
    public sealed record ReferenceIdentifier(SearchParameterSchema Parameter, string? System, string? Value)
        : OfParameter(Parameter);

    /// <summary>A URL as a whole, or one above or below it; null for any version.</summary>
    public sealed record Url(
        SearchParameterSchema Parameter, string Value, string? Version = null, UrlMatch Match = UrlMatch.Equal)
        : OfParameter(Parameter)
    {
        /// <summary>Whether a reference is looked for, which seldom is a URL.</summary>
        public bool IsReference => Parameter.Type == SearchParameterType.Reference;
    }

    /// <summary>Values of one and the same element, one part for each component in their order.</summary>
    public sealed record Composite(SearchParameterSchema Parameter, IReadOnlyList<SearchExpression> Parts)
        : OfParameter(Parameter);

    /// <summary>A reference to a resource of that type that matches.</summary>
    public sealed record Chain(SearchParameterSchema Parameter, string Type, SearchExpression Inner)
        : OfParameter(Parameter);

    /// <summary>Some resource of that type refers to this one and matches.</summary>
    public sealed record Has(string Type, SearchParameterSchema Parameter, SearchExpression Inner)
        : OfParameter(Parameter);

    /// <summary>A position within a distance, in kilometres on the globe.</summary>
    public sealed record Near(SearchParameterSchema Parameter, double Latitude, double Longitude, double Kilometres)
        : OfParameter(Parameter);

    /// <summary>Words in the narrative, or anywhere in the resource.</summary>
    public sealed record Words(bool IsNarrative, string Query) : SearchExpression;
}

/// <summary>The prefixes of values that have an order: https://hl7.org/fhir/R4/search.html#prefix</summary>
public enum Comparison : byte
{
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    StartsAfter,
    EndsBefore,
    Approximate,

    /// <summary>What is asked for lies inside the value, which only a filter asks for.</summary>
    Contains,
}

/// <summary>Where in a string the text must be.</summary>
public enum TextMatch : byte
{
    Start,
    Contains,

    /// <summary>The whole string, case and accents included.</summary>
    Exact,

    /// <summary>The whole string.</summary>
    Whole,

    /// <summary>The whole string, or the whole name however it is divided.</summary>
    WholeName,

    /// <summary>A string that is another.</summary>
    NotWhole,
    End,

    /// <summary>The string's first character comes after that of the text, by their code points.</summary>
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
}

/// <summary>How two URLs must relate: step by step of their paths, or of their versions.</summary>
public enum UrlMatch : byte
{
    Equal,

    /// <summary>The value asked for, or something that it lies under.</summary>
    Above,

    /// <summary>The value asked for, or something under it.</summary>
    Below,

    /// <summary>The URL itself, in a version that the one asked for is one of: 1 is above 1.1.</summary>
    AboveVersion,

    /// <summary>The URL itself, in the version asked for or one of those that it stands for.</summary>
    BelowVersion,
}

/// <summary>A code in its system; null for any system, empty for none.</summary>
public readonly record struct TokenCode(string? System, string Code);

/// <summary>A number that is searched for: itself, and what its written precision stands for.</summary>
public readonly record struct NumberTest(decimal Value, NumberRange Range);
