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

    /// <summary>How a stay ended, in the codes of CV06.00.226; null for what is no stay.</summary>
    internal string? Discharge { get; init; }

    internal string Reference => "Encounter/" + Id;

    /// <summary>The kind of patient by CV09.00.404.</summary>
    internal string PatientType => Class switch { "AMB" => "1", "EMER" => "2", "IMP" => "3", _ => "9" };
}
