using System.Globalization;
using FhirHub.Core.Search;
using FhirHub.Profiles.Plans;

namespace FhirHub.Unit.Profiles.Plans;

/// <summary>Days that plans count from.</summary>
[TestClass]
public sealed class KnownDateTests
{
    [TestMethod]
    [DataRow("2025-09-10", "2026-06-17")]
    [DataRow("2023-05-26", "2024-03-01")] // over 29 February
    [DataRow("2022-05-26", "2023-03-02")] // the same without one
    [DataRow("2024-02-29", "2024-12-05")]
    [DataRow("2099-05-26", "2100-03-02")] // 2100 is no leap year
    public void The_due_date_is_280_days_after_the_last_period(string lastPeriod, string due)
    {
        Assert.AreEqual(Day(due), KnownDate.DueDateOf(Day(lastPeriod)));
        Assert.AreEqual(Day(lastPeriod), KnownDate.LastPeriodOf(Day(due)));
    }

    [TestMethod]
    [DataRow("2026-06-19", "2026-06-19")]
    [DataRow("2026-06-19T15:59:59Z", "2026-06-19")]
    [DataRow("2026-06-19T16:00:00Z", "2026-06-20")] // midnight in Shanghai
    [DataRow("2026-06-20T00:10:00+08:00", "2026-06-20")]
    [DataRow("2026-06-19T23:30:00-05:00", "2026-06-20")]
    [DataRow("2025-12-31T16:00:00.000Z", "2026-01-01")]
    [DataRow("1990-07-01T15:30:00Z", "1990-07-02")] // China had summer time then
    public void A_moment_is_the_day_it_was_in_Shanghai(string text, string day) =>
        Assert.AreEqual(Day(day), KnownDate.DayOf(text, SearchZone.China));

    [TestMethod]
    [DataRow(null)]
    [DataRow("2026")]
    [DataRow("2026-06")]
    public void Less_than_a_day_is_no_day(string? text) =>
        Assert.IsNull(KnownDate.DayOf(text, SearchZone.China));

    [TestMethod]
    [DataRow("1990-06-18", "2026-06-17", 35)]
    [DataRow("1990-06-17", "2026-06-17", 36)]
    [DataRow("2000-02-29", "2035-02-28", 34)]
    [DataRow("2000-02-29", "2035-03-01", 35)]
    [DataRow("2000-02-29", "2036-02-29", 36)]
    public void Years_are_full_on_the_birthday(string birth, string day, int years) =>
        Assert.AreEqual(years, KnownDate.YearsBetween(Day(birth), Day(day)));

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
