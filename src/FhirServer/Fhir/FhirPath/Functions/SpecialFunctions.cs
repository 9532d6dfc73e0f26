namespace FhirHub.Fhir.FhirPath;

/// <summary>The functions with rules of their own for evaluating their arguments, and how many those are.</summary>
static class SpecialFunctions
{
    static readonly Dictionary<string, string> Arguments = new(StringComparer.Ordinal)
    {
        ["where"] = "one criterion",
        ["select"] = "one projection",
        ["all"] = "one criterion",
        ["exists"] = "at most one criterion",
        ["empty"] = "no arguments",
        ["count"] = "no arguments",
        ["not"] = "no arguments",
        ["iif"] = "a criterion and one or two results",
        ["is"] = "one type",
        ["as"] = "one type",
        ["ofType"] = "one type",
        ["defineVariable"] = "a name and at most one value",
    };

    /// <summary>What is wrong with a call that no function answers to.</summary>
    internal static string Describe(string function) => Arguments.TryGetValue(function, out var arguments)
        ? $"{function}() takes {arguments}"
        : $"There is no function {function}()";
}
