namespace FhirHub.Fhir.FhirPath;

/// <summary>A function by name, with the number of arguments it takes.</summary>
/// <param name="Name">The name expressions call it by.</param>
/// <param name="ArgumentsMin">The fewest arguments.</param>
/// <param name="ArgumentsMax">The most arguments.</param>
/// <param name="Body">What it does.</param>
/// <param name="IsOrdered">Whether its result depends on the order of its input.</param>
/// <param name="TakesText">Whether its input must be a string.</param>
sealed record Function(
    string Name,
    int ArgumentsMin,
    int ArgumentsMax,
    FunctionBody Body,
    bool IsOrdered = false,
    bool TakesText = false);
