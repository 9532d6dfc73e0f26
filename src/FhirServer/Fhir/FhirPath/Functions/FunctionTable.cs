using System.Diagnostics.CodeAnalysis;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// All functions that are plain calls, by name; those with a grammar of their own the compiler knows.
/// </summary>
static class FunctionTable
{
    static readonly Dictionary<string, Function> ByName = new[]
    {
        CollectionFunctions.Table,
        TreeFunctions.Table,
        StringFunctions.Table,
        EncodingFunctions.Table,
        MathFunctions.Table,
        ValueFunctions.Table,
        FhirFunctions.Table,
    }.SelectMany(table => table).ToDictionary(function => function.Name, StringComparer.Ordinal);

    internal static bool TryGet(string name, [NotNullWhen(true)] out Function? function) =>
        ByName.TryGetValue(name, out function);
}
