namespace FhirHub.Fhir.Definitions;

/// <summary>What sort of type a type schema describes.</summary>
public enum TypeKind : byte
{
    Primitive,
    Complex,

    /// <summary>A type defined inside another, such as <c>Patient.contact</c>.</summary>
    Backbone,
    Resource,
}
