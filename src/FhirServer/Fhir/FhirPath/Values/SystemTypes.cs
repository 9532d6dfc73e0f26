namespace FhirHub.Fhir.FhirPath;

/// <summary>The names of the types FHIRPath itself defines.</summary>
static class SystemTypes
{
    internal const string Namespace = "System";

    static readonly TypeName[] Names =
        [.. Enum.GetNames<FhirPathKind>().Select(name => new TypeName(Namespace, name))];

    internal static TypeName NameOf(FhirPathKind kind) =>
        kind == FhirPathKind.Type ? TypeInfo : Names[(int)kind];

    /// <summary>
    /// The kind of that name; names of FHIR's primitives start with a lower-case letter and are none.
    /// </summary>
    internal static bool TryGet(string name, out FhirPathKind kind) =>
        Enum.TryParse(name, out kind)
        && kind is >= FhirPathKind.Boolean and <= FhirPathKind.Quantity
        && char.IsUpper(name[0]);

    static readonly TypeName TypeInfo = new(Namespace, "TypeInfo");
}
