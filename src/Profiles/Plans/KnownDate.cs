using System.Globalization;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>A day that plans count from, and the record it was taken from.</summary>
/// <param name="Value">The day, in the time of the hub's zone.</param>
/// <param name="Source">The resource that says so, such as <c>EpisodeOfCare/1</c>; null when the caller does.</param>
readonly record struct KnownDate(DateOnly Value, string? Source)
{
    /// <summary>A pregnancy is counted as 280 days from the first day of the last menstrual period.</summary>
    internal const int PregnancyDays = 280;

    internal static DateOnly DueDateOf(DateOnly lastPeriod) => lastPeriod.AddDays(PregnancyDays);

    internal static DateOnly LastPeriodOf(DateOnly dueDate) => dueDate.AddDays(-PregnancyDays);

    /// <summary>
    /// The day of a date or dateTime, which for a moment is the day it was in the zone; null for less than a day, which
    /// nothing can be counted from.
    /// </summary>
    internal static DateOnly? DayOf(string? text, SearchZone zone) => text switch
    {
        null => null,
        { Length: <= 10 } => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day)
            ? day
            : null,
        _ => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? zone.DayOf(moment)
            : null,
    };

    /// <summary>The same for an element, of which a Period counts as its end.</summary>
    internal static DateOnly? DayOf(FhirNode value, SearchZone zone) => value switch
    {
        { Exists: false } => null,
        { Type.Name: "Period" } => DayOf(value.First("end").Text ?? value.First("start").Text, zone),
        _ => DayOf(value.Text, zone),
    };

    /// <summary>Whole years between two days: who is born on 29 February is a year older on 1 March.</summary>
    internal static int YearsBetween(DateOnly birth, DateOnly day)
    {
        var years = day.Year - birth.Year;
        return (day.Month, day.Day).CompareTo((birth.Month, birth.Day)) < 0 ? years - 1 : years;
    }
}
