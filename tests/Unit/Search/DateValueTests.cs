using System.Text;
using FhirHub.Core.Search;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#date
[TestClass]
public sealed class DateValueTests
{
    [TestMethod]
    [DataRow("2020", "2019-12-31T16:00:00..2020-12-31T16:00:00")]
    [DataRow("2020-02", "2020-01-31T16:00:00..2020-02-29T16:00:00")]
    [DataRow("2020-12", "2020-11-30T16:00:00..2020-12-31T16:00:00")]
    [DataRow("2020-02-29", "2020-02-28T16:00:00..2020-02-29T16:00:00")]
    [DataRow("1988-07-01", "1988-06-30T15:00:00..1988-07-01T15:00:00")] // summer time
    [DataRow("1988", "1987-12-31T16:00:00..1988-12-31T16:00:00")]
    public void A_date_covers_its_year_month_or_day_in_China(string date, string expected) => AreValues(
        Values($$"""{"resourceType":"Patient","birthDate":"{{date}}"}""", "birthdate"), expected);

    [TestMethod]
    [DataRow("2020-02-29T10:30:15Z", "2020-02-29T10:30:15..2020-02-29T10:30:16")]
    [DataRow("2020-02-29T10:30:15.5Z", "2020-02-29T10:30:15.5..2020-02-29T10:30:15.6")]
    [DataRow("2020-02-29T10:30:15.123Z", "2020-02-29T10:30:15.123..2020-02-29T10:30:15.124")]
    [DataRow("2020-02-29T10:30:15.123456789Z", "2020-02-29T10:30:15.1234567..2020-02-29T10:30:15.1234568")]
    [DataRow("2020-02-29T10:30:15+08:00", "2020-02-29T02:30:15..2020-02-29T02:30:16")]
    [DataRow("2020-02-29T10:30:15-03:30", "2020-02-29T14:00:15..2020-02-29T14:00:16")]
    [DataRow("2016-12-31T23:59:60Z", "2016-12-31T23:59:59..2017-01-01T00:00:00")]
    [DataRow("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59.5..2016-12-31T23:59:59.6")]
    public void A_dateTime_covers_its_last_digit(string time, string expected) => AreValues(
        Values($$$"""{"resourceType":"Patient","deceasedDateTime":"{{{time}}}"}""", "death-date"), expected);

    [TestMethod]
    public void An_instant_is_a_point() => AreValues(
        Values("""{"resourceType":"Patient","meta":{"lastUpdated":"2020-02-29T10:30:15Z"}}""", "_lastUpdated"),
        "2020-02-29T10:30:15..2020-02-29T10:30:15.0000001");

    [TestMethod]
    [DataRow("0001-01-01", "..0001-01-01T15:55:00")] // Shanghai's sun was 8:05 ahead
    [DataRow("9999", "9998-12-31T16:00:00..")]
    [DataRow("9999-12", "9999-11-30T16:00:00..")]
    [DataRow("9999-12-31T23:59:59Z", "9999-12-31T23:59:59..")]
    public void The_ends_of_the_calendar_are_open(string date, string expected)
    {
        Assert.IsTrue(DateRange.TryRead(Encoding.UTF8.GetBytes(date), SearchZone.China, out var range));
        AreValues([Show(new SearchValue.Date(range))], expected);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("20")]
    [DataRow("0000")]
    [DataRow("2020-13")]
    [DataRow("2020-02-30")]
    [DataRow("2020-02-29T")]
    [DataRow("2020-02-29T24:00Z")]
    [DataRow("2020-02-29T10:60Z")]
    [DataRow("2020-02-29T10:00:61Z")]
    [DataRow("2020-02-29T10:00:00.Z")]
    [DataRow("2020-02-29T10:00:00+15:00")]
    [DataRow("2020-02-29T10:00:00Zulu")]
    [DataRow("2020-02-29 10:00:00Z")]
    public void Other_text_is_no_date(string text) =>
        Assert.IsFalse(DateRange.TryRead(Encoding.UTF8.GetBytes(text), SearchZone.China, out _));

    [TestMethod]
    public void A_search_value_may_leave_out_seconds_and_zone()
    {
        Assert.IsTrue(DateRange.TryRead("2020-02-29T10:30"u8, SearchZone.China, out var range));
        AreValues([Show(new SearchValue.Date(range))], "2020-02-29T02:30:00..2020-02-29T02:31:00");
    }

    [TestMethod]
    public void Another_zone_can_be_the_local_one()
    {
        var berlin = new SearchZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var extractor = new SearchValueExtractor(ParameterCatalog.R4, berlin);
        AreValues(
            Values(extractor, """{"resourceType":"Patient","birthDate":"2020-03-29"}""", "birthdate"),
            "2020-03-28T23:00:00..2020-03-29T22:00:00");
        AreValues(
            Values(extractor, """{"resourceType":"Patient","birthDate":"2020-07-01"}""", "birthdate"),
            "2020-06-30T22:00:00..2020-07-01T22:00:00");
    }

    [TestMethod]
    [DataRow("""{"start":"2020-01-02","end":"2020-01-03T10:00:00Z"}""", "2020-01-01T16:00:00..2020-01-03T10:00:01")]
    [DataRow("""{"start":"2020-01-02"}""", "2020-01-01T16:00:00..")]
    [DataRow("""{"end":"2020-01-02"}""", "..2020-01-02T16:00:00")]
    public void A_period_reaches_from_its_start_to_the_end_of_its_end(string period, string expected) => AreValues(
        Values($$"""{"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"period":{{period}}}""", "date"),
        expected);

    [TestMethod]
    public void A_period_without_a_value_is_none() => AreValues(Values(
        """
        {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},
         "period":{"_start":{"extension":[{"url":"http://example.org/why","valueString":"unknown"}]}}}
        """,
        "date"));

    [TestMethod]
    [DataRow("""{"event":["2020-05-01","2020-03-01","2020-04-01T10:00:00Z"]}""", "2020-02-29T16:00:00..2020-05-01T16:00:00")]
    [DataRow("""{"repeat":{"boundsPeriod":{"start":"2020-01-01","end":"2020-02-01"}}}""", "2019-12-31T16:00:00..2020-02-01T16:00:00")]
    [DataRow("""{"event":["2019-06-01"],"repeat":{"boundsPeriod":{"start":"2020-01-01"}}}""", "2019-05-31T16:00:00..")]
    public void A_schedule_counts_from_its_first_to_its_last_moment(string timing, string expected) => AreValues(
        Values($$"""{"resourceType":"ServiceRequest","occurrenceTiming":{{timing}}}""", "occurrence"), expected);

    [TestMethod]
    public void A_schedule_without_dates_is_none() => AreValues(Values(
        """{"resourceType":"ServiceRequest","occurrenceTiming":{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}}""",
        "occurrence"));

    [TestMethod]
    public void A_choice_that_is_no_date_is_passed_over() => AreValues(Values(
        """{"resourceType":"Procedure","status":"completed","subject":{"display":"x"},"performedString":"in winter"}""", "date"));

    [TestMethod]
    public void A_date_that_only_has_extensions_is_none() => AreValues(Values(
        """{"resourceType":"Patient","_birthDate":{"extension":[{"url":"http://example.org/why","valueString":"unknown"}]}}""",
        "birthdate"));
}
