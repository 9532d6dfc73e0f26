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

    /// <summary>
    /// What is done, in the words of the guide's table; what it has no word for is ordinary treatment.
    /// </summary>
    internal string Kind => Type switch
    {
        "产前检查" => "antenatal",
        "住院分娩" => "delivery",
        "婚前医学检查" => "premarital",
        "产后访视" => "postnatal-visit",
        "产后42天健康检查" => "postnatal-42",
        "新生儿家庭访视" => "newborn-visit",
        "儿童健康检查（1月龄）" => "newborn-month",
        _ when Type.StartsWith("儿童健康检查", StringComparison.Ordinal) => "child-checkup",
        _ => Class == "IMP" ? "inpatient" : "outpatient",
    };

    internal string Reference => "Encounter/" + Id;

    /// <summary>The kind of patient by CV09.00.404.</summary>
    internal string PatientType => Class switch { "AMB" => "1", "EMER" => "2", "IMP" => "3", _ => "9" };
}
