using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>The property numbers of the data types whose parts become search values.</summary>
static class ElementIds
{
    internal static readonly ushort CodingSystem = Of("Coding", "system");
    internal static readonly ushort CodingCode = Of("Coding", "code");
    internal static readonly ushort CodingDisplay = Of("Coding", "display");
    internal static readonly ushort ConceptCoding = Of("CodeableConcept", "coding");
    internal static readonly ushort ConceptText = Of("CodeableConcept", "text");
    internal static readonly ushort IdentifierSystem = Of("Identifier", "system");
    internal static readonly ushort IdentifierValue = Of("Identifier", "value");
    internal static readonly ushort IdentifierType = Of("Identifier", "type");
    internal static readonly ushort ContactValue = Of("ContactPoint", "value");
    // The elements of a type are numbered in the order of its definition; between these two stand exactly the parts.
    internal static readonly ushort NameFirst = Of("HumanName", "text");
    internal static readonly ushort NameLast = Of("HumanName", "suffix");
    internal static readonly ushort NameText = Of("HumanName", "text");
    internal static readonly ushort NameFamily = Of("HumanName", "family");
    internal static readonly ushort NameGiven = Of("HumanName", "given");
    internal static readonly ushort AddressText = Of("Address", "text");
    internal static readonly ushort AddressLine = Of("Address", "line");
    internal static readonly ushort AddressCity = Of("Address", "city");
    internal static readonly ushort AddressDistrict = Of("Address", "district");
    internal static readonly ushort AddressState = Of("Address", "state");
    internal static readonly ushort AddressCountry = Of("Address", "country");
    internal static readonly ushort AddressFirst = Of("Address", "text");
    internal static readonly ushort AddressLast = Of("Address", "country");
    internal static readonly ushort PeriodStart = Of("Period", "start");
    internal static readonly ushort PeriodEnd = Of("Period", "end");
    internal static readonly ushort TimingEvent = Of("Timing", "event");
    internal static readonly ushort TimingRepeat = Of("Timing", "repeat");
    internal static readonly ushort TimingBoundsPeriod = Of("Timing.repeat", "boundsPeriod");
    internal static readonly ushort MoneyValue = Of("Money", "value");
    internal static readonly ushort MoneyCurrency = Of("Money", "currency");
    internal static readonly ushort RangeLow = Of("Range", "low");
    internal static readonly ushort RangeHigh = Of("Range", "high");
    internal static readonly ushort SampledOrigin = Of("SampledData", "origin");
    internal static readonly ushort SampledFactor = Of("SampledData", "factor");
    internal static readonly ushort SampledLowerLimit = Of("SampledData", "lowerLimit");
    internal static readonly ushort SampledUpperLimit = Of("SampledData", "upperLimit");
    internal static readonly ushort SampledData = Of("SampledData", "data");
    internal static readonly ushort ReferenceReference = Of("Reference", "reference");
    internal static readonly ushort ReferenceType = Of("Reference", "type");
    internal static readonly ushort ReferenceIdentifier = Of("Reference", "identifier");
    internal static readonly ushort NarrativeDiv = Of("Narrative", "div");
    internal static readonly ushort Latitude = Of("Location.position", "latitude");
    internal static readonly ushort Longitude = Of("Location.position", "longitude");

    static readonly ushort QuantityFirst = First("Quantity");

    // Age, Duration and the other quantities repeat Quantity's elements in its order under numbers of their own, so
    // the distance from the type's first number is what they share.
    internal static readonly int QuantityValue = Of("Quantity", "value") - QuantityFirst;
    internal static readonly int QuantityComparator = Of("Quantity", "comparator") - QuantityFirst;
    internal static readonly int QuantityUnit = Of("Quantity", "unit") - QuantityFirst;
    internal static readonly int QuantitySystem = Of("Quantity", "system") - QuantityFirst;
    internal static readonly int QuantityCode = Of("Quantity", "code") - QuantityFirst;

    internal static ushort Of(string type, string property) =>
        FhirSchema.R4[type].TryGetProperty(property, out var found)
            ? found.Id
            : throw new InvalidOperationException($"The definitions have no {type}.{property}.");

    static ushort First(string type) => FhirSchema.R4[type].PropertyArray[0].Id;
}
