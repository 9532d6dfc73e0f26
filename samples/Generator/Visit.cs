using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator;

/// <summary>A meeting of a patient with an institution: it becomes an Encounter, and observations hang on it.</summary>
sealed record Visit(string Id, Person Subject, DateTimeOffset Start, Institution Place, string Type)
{
    /// <summary>AMB at the institution, HH at home, IMP in a bed (HL7 v3 ActCode).</summary>
    internal string Class { get; init; } = "AMB";

    internal int Minutes { get; init; } = 20;

    internal string? Episode { get; init; }

    internal Code? Reason { get; init; }

    internal string Reference => "Encounter/" + Id;
}
