namespace FhirHub.Core.Search;

/// <summary>
/// What one element means to one search parameter (https://hl7.org/fhir/R4/search.html#ptypes); the cases nested here
/// are all there are.
/// </summary>
public abstract record SearchValue
{
    SearchValue()
    {
    }

    /// <summary>
    /// A code, identifier, boolean or contact point. Without a <paramref name="Code"/> it is only a system or only a
    /// text, such as <c>CodeableConcept.text</c>.
    /// </summary>
    /// <param name="System">The system as stated; empty unless <paramref name="SystemKind"/> says it is stated.</param>
    /// <param name="Code">The code or value.</param>
    /// <param name="Text">What <c>:text</c> searches: a display, or the text of a concept or identifier type.</param>
    /// <param name="SystemKind">Why the system is what it is.</param>
    public sealed record Token(Utf8Text System, Utf8Text Code, Utf8Text Text, TokenSystem SystemKind) : SearchValue
    {
        /// <summary>For an identifier: the codings of its type, which <c>:of-type</c> searches.</summary>
        public IReadOnlyList<TokenType> Types { get; init; } = [];

        public bool Equals(Token? other) => other is not null && System == other.System && Code == other.Code
            && Text == other.Text && SystemKind == other.SystemKind && Types.SequenceEqual(other.Types);

        public override int GetHashCode() => HashCode.Combine(System, Code, Text, SystemKind, Types.Count);
    }

    /// <summary>A text as it stands; folding case and accents is the index's business.</summary>
    public sealed record String(Utf8Text Text, StringForm Form = StringForm.Written) : SearchValue;

    /// <summary>
    /// The words of a narrative or of everything else in a resource, folded and with single spaces between, as
    /// <see cref="ResourceWords"/> has them.
    /// </summary>
    public sealed record Words(Utf8Text Tokens) : SearchValue;

    /// <summary>The time a date, a period or a schedule covers.</summary>
    public sealed record Date(DateRange Range) : SearchValue;

    /// <summary>A number and the range its written precision stands for.</summary>
    public sealed record Number(decimal Value, NumberRange Range) : SearchValue;

    /// <summary>A measured amount, or a range of amounts of one unit.</summary>
    /// <param name="Value">The number itself; null for a range or sampled data.</param>
    /// <param name="Range">What the number covers by its precision, its comparator or its two ends.</param>
    /// <param name="System">The system of the unit, empty when not stated.</param>
    /// <param name="Code">The coded unit, empty when not stated.</param>
    /// <param name="Unit">The unit for people.</param>
    public sealed record Quantity(decimal? Value, NumberRange Range, Utf8Text System, Utf8Text Code, Utf8Text Unit)
        : SearchValue
    {
        /// <summary>Whether the end that a comparator names is none itself: <c>&lt;5</c> does not reach 5.</summary>
        public bool IsStrict { get; init; }

        /// <summary>The same amount in UCUM base units; null when the unit is not UCUM or does not convert.</summary>
        public CanonicalQuantity? Canonical { get; init; }
    }

    /// <summary>A link to another resource.</summary>
    /// <param name="Kind">Which of the forms a reference can have.</param>
    /// <param name="Url">The reference as written, without version and fragment for a canonical.</param>
    /// <param name="Type">The resource type: from the text if it names one, else from <c>Reference.type</c>.</param>
    /// <param name="Id">The logical id, if the text ends in <c>Type/id</c>.</param>
    /// <param name="Version">The version: after <c>_history/</c>, or after <c>|</c> of a canonical.</param>
    /// <param name="Fragment">What follows <c>#</c>, of a canonical or a contained reference.</param>
    public sealed record Reference(
        ReferenceKind Kind, Utf8Text Url, Utf8Text Type, Utf8Text Id, Utf8Text Version, Utf8Text Fragment) : SearchValue
    {
        /// <summary>The logical reference, <c>Reference.identifier</c>; it may stand beside a literal one.</summary>
        public Token? Identifier { get; init; }
    }

    /// <summary>A URI; of a canonical the parts are apart, of others <paramref name="Url"/> is all.</summary>
    public sealed record Uri(Utf8Text Url, Utf8Text Version, Utf8Text Fragment) : SearchValue;

    /// <summary>
    /// One element's values for each component of a composite: position by position, the values that component has
    /// there. Every component has at least one.
    /// </summary>
    public sealed record Composite(IReadOnlyList<IReadOnlyList<SearchValue>> Components) : SearchValue
    {
        public bool Equals(Composite? other) => other is not null && Components.Count == other.Components.Count
            && Components.Zip(other.Components).All(pair => pair.First.SequenceEqual(pair.Second));

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var value in Components.SelectMany(component => component))
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }

    /// <summary>A point on the earth in WGS84 degrees, for the special parameter <c>near</c>.</summary>
    public sealed record Position(decimal Latitude, decimal Longitude) : SearchValue;
}

/// <summary>Where a string comes from.</summary>
public enum StringForm : byte
{
    /// <summary>It stands in the resource.</summary>
    Written,

    /// <summary>
    /// It was put together of what stands there, folded, such as a name of its parts; nothing is found by it exactly.
    /// </summary>
    Derived,

    /// <summary>It is how a Chinese name is spoken, as a key of pinyin.</summary>
    Spoken,
}

/// <summary>Whether a token's system is known.</summary>
public enum TokenSystem : byte
{
    /// <summary>Nothing says a system: the token is found by <c>|code</c>.</summary>
    Absent,

    /// <summary>The element states it, or the value set that the element is bound to.</summary>
    Stated,

    /// <summary>
    /// The type implies one that nobody asks for (a <c>boolean</c>): the token can be found by its code alone only.
    /// </summary>
    Implied,
}

/// <summary>
/// An amount in UCUM base units, so that grams and milligrams meet. Floating point, because with the mole a number the
/// values reach from 1e-26 to 1e26; each is rounded once, so equal amounts are equal numbers.
/// </summary>
/// <param name="Value">The number itself; null where the quantity has none.</param>
/// <param name="Low">The low end, minus infinity where it is open.</param>
/// <param name="High">The high end, infinity where it is open.</param>
/// <param name="Unit">The base units, such as <c>g.m-3</c>.</param>
public readonly record struct CanonicalQuantity(double? Value, double Low, double High, Utf8Text Unit);

/// <summary>A coding of an identifier's type.</summary>
public readonly record struct TokenType(Utf8Text System, Utf8Text Code);

/// <summary>The forms of a reference: https://hl7.org/fhir/R4/references.html#literal</summary>
public enum ReferenceKind : byte
{
    /// <summary><c>Type/id</c>, with or without <c>/_history/version</c>.</summary>
    Relative,

    /// <summary>A URL; type and id are set if it has the shape of a FHIR server's.</summary>
    Absolute,

    /// <summary><c>urn:uuid:</c> or <c>urn:oid:</c>.</summary>
    Urn,

    /// <summary>A <c>canonical</c> or <c>uri</c> element.</summary>
    Canonical,

    /// <summary><c>#id</c>: inside the resource itself, so there is nothing to index it by.</summary>
    Contained,

    /// <summary>Only an identifier or a type.</summary>
    Logical,

    /// <summary>The resource stands right there, as in <c>Bundle.entry.resource</c>.</summary>
    Inline,
}
