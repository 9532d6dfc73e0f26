using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A child that came of a pregnancy, and which of several it was.</summary>
sealed record Baby(Person Person, PregnancyCourse Course, Birth Birth, int Order)
{
    /// <summary>The child's mother, as somebody related to it.</summary>
    internal string MotherReference => "RelatedPerson/mother-of-" + Person.Id;

    /// <summary>
    /// The hour follows from the pregnancy: the delivery and the child's own record must name the same.
    /// </summary>
    internal DateTimeOffset BornAt => Course.EndsAt.AddMinutes(12 * (Order - 1));
}
