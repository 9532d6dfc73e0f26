namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Reading the argument of <c>is()</c>, <c>as()</c> and <c>ofType()</c>, which looks like a path and is a type.
/// </summary>
static class TypeNames
{
    internal static TypeName? Read(Expr argument) => argument switch
    {
        Expr.Member { Source: null } member => new TypeName(null, member.Name),
        Expr.Member { Source: Expr.Member { Source: null } space } member => new TypeName(space.Name, member.Name),
        _ => null,
    };
}
