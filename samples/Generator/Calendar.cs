namespace FhirHub.Samples.Generator;

/// <summary>When things happen: in China's one time zone, on working days unless nature decides.</summary>
static class Calendar
{
    internal static DateTimeOffset At(DateOnly date, int hour, int minute) =>
        new(date.ToDateTime(new TimeOnly(hour, minute)), BuilderElements.Zone);

    /// <summary>That day, or the Friday before when it is a weekend.</summary>
    internal static DateOnly Working(DateOnly date) =>
        date.AddDays(date.DayOfWeek switch { DayOfWeek.Saturday => -1, DayOfWeek.Sunday => -2, _ => 0 });

    /// <summary>A time within opening hours on that day, or on the Friday before when it is a weekend.</summary>
    internal static DateTimeOffset Appointment(DateOnly date, Chance chance) =>
        At(Working(date), chance.Int(8, 15), 5 * chance.Int(0, 11));

    internal static DateTimeOffset AnyTime(DateOnly date, Chance chance) =>
        At(date, chance.Int(0, 22), chance.Int(0, 59));

    internal static DateOnly Day(this DateTimeOffset time) => DateOnly.FromDateTime(time.DateTime);
}
