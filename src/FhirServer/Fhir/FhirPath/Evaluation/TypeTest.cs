using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Deciding whether an item is of a named type: https://hl7.org/fhirpath/N1/#type-safety-and-strict-evaluation
/// </summary>
sealed class TypeTest
{
    readonly TypeName _name;
    readonly TypeSchema? _fhir;
    readonly FhirPathKind _system;

    TypeTest(TypeName name, TypeSchema? fhir, FhirPathKind system)
    {
        _name = name;
        _fhir = fhir;
        _system = system;
    }

    /// <summary>Makes the test for a name; null when no type is called that.</summary>
    internal static TypeTest? For(TypeName name)
    {
        TypeSchema? fhir = null;
        var system = FhirPathKind.None;
        if (name.Namespace is null or "FHIR")
        {
            FhirSchema.R4.TryGetType(name.Name, out fhir);
        }

        if (name.Namespace is null or SystemTypes.Namespace && SystemTypes.TryGet(name.Name, out var kind))
        {
            system = kind;
        }

        // A name that says System or FHIR may be of a type not there: nothing is of it, but asking is no mistake.
        var isUnknown = fhir is null && system == FhirPathKind.None && name.Namespace is null;
        return isUnknown ? null : new TypeTest(name, fhir, system);
    }

    /// <summary>The <c>is</c> of the language: the type or one that specialises it.</summary>
    internal bool Is(in FhirPathValue value)
    {
        if (value.IsNode)
        {
            return _fhir is not null && value.Node.Type.IsA(_fhir);
        }

        return value.Kind == _system || (value.Kind == FhirPathKind.Type && _name.Name == "TypeInfo");
    }

    /// <summary>
    /// The <c>as</c> and <c>ofType</c> of the language. Between FHIR's primitives they are exact: a code is not cast to
    /// the string it specialises, as in the reference implementations.
    /// </summary>
    internal bool Selects(in FhirPathValue value) =>
        Is(value) && (!value.IsNode || _fhir is not { IsPrimitive: true } || ReferenceEquals(value.Node.Type, _fhir));
}
