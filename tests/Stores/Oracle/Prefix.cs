namespace FhirHub.Stores.Oracle;

/// <summary>The nine prefixes: https://hl7.org/fhir/R4/search.html#prefix</summary>
static class Prefix
{
    internal static readonly string[] All = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    /// <summary>The prefix of a value, <c>eq</c> when it has none, and the rest.</summary>
    internal static (string Prefix, string Value) Take(string value) =>
        value.Length > 2 && All.Contains(value[..2]) ? (value[..2], value[2..]) : ("eq", value);
}
