using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// What is known of a collection before there is data: the types its items may have, and whether order means anything.
/// </summary>
sealed record Shape(IReadOnlyList<TypeSchema> Fhir, FhirPathKind System, bool IsOrdered = true)
{
    /// <summary>Nothing is known, so nothing can be wrong.</summary>
    internal static Shape Any { get; } = new([], FhirPathKind.None);

    internal bool IsAny => Fhir.Count == 0 && System == FhirPathKind.None;

    internal static Shape Of(FhirPathKind kind) => new([], kind);

    internal static Shape Of(TypeSchema type) => new([type], FhirPathKind.None);

    internal Shape With(Shape other) => IsAny || other.IsAny || (System != other.System && System != FhirPathKind.None)
        ? Any with { IsOrdered = IsOrdered && other.IsOrdered }
        : new Shape([.. Fhir.Union(other.Fhir)], other.System, IsOrdered && other.IsOrdered);

    /// <summary>Whether an item may be text; an abstract type may turn out to be anything below it.</summary>
    internal bool MayBeText => IsAny
        || System == FhirPathKind.String
        || Fhir.Any(type => IsText(type.Primitive) || type.Name == "Element");

    static bool IsText(PrimitiveKind kind) =>
        kind is >= PrimitiveKind.String and <= PrimitiveKind.Base64Binary or PrimitiveKind.Xhtml;

    internal bool MayBeBoolean => IsAny
        || System == FhirPathKind.Boolean
        || Fhir.Any(type => type.Primitive == PrimitiveKind.Boolean || type.Name == "Element");

    /// <summary>Whether some item may be of that type, given what is known.</summary>
    internal bool MayBe(TypeSchema type) => IsAny || Fhir.Any(known => known.IsA(type) || type.IsA(known));
}
