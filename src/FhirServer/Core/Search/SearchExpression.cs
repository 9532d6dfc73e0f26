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

    /// <summary>All of them; none means every resource.</summary>
    public sealed record And(IReadOnlyList<SearchExpression> Parts) : SearchExpression;

    /// <summary>Any of them.</summary>
    public sealed record Or(IReadOnlyList<SearchExpression> Parts) : SearchExpression;

    /// <summary>The logical id is one of these.</summary>
    public sealed record Ids(IReadOnlyList<string> Values) : SearchExpression;

    /// <summary>The last change lies in the range.</summary>
    public sealed record LastUpdated(DateRange Range) : SearchExpression;

    /// <summary>The resource is in a compartment.</summary>
    public sealed record InCompartment(string Type, string Id) : SearchExpression;

    /// <summary>A token; null for any system or any code, an empty system for none.</summary>
    public sealed record Token(SearchParameterSchema Parameter, string? System, string? Code) : SearchExpression;

    /// <summary>A string that begins with the text, case and accents aside.</summary>
    public sealed record Text(SearchParameterSchema Parameter, string Value) : SearchExpression;

    /// <summary>A date wholly inside the range.</summary>
    public sealed record Date(SearchParameterSchema Parameter, DateRange Range) : SearchExpression;

    /// <summary>A reference to a resource; null for any type.</summary>
    public sealed record Reference(SearchParameterSchema Parameter, string? Type, string Id) : SearchExpression;

    /// <summary>A reference by its whole URL.</summary>
    public sealed record Url(SearchParameterSchema Parameter, string Value) : SearchExpression;
}
