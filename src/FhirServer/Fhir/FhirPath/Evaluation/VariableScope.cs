namespace FhirHub.Fhir.FhirPath;

/// <summary>A variable that <c>defineVariable()</c> made, and those made before it.</summary>
sealed record VariableScope(string Name, FhirPathValue[] Items, VariableScope? Outer)
{
    internal VariableScope? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Name == name)
            {
                return scope;
            }
        }

        return null;
    }
}
