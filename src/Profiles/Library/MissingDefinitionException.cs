namespace FhirHub.Profiles.Library;

/// <summary>
/// A definition that has to be fetched before the work at hand can be done; it is begun anew after that.
/// </summary>
sealed class MissingDefinitionException(string canonical) : Exception($"{canonical} has yet to be fetched.")
{
    internal string Canonical { get; } = canonical;
}
