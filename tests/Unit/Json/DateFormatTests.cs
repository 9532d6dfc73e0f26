using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// date, dateTime, instant and time of https://hl7.org/fhir/R4/datatypes.html#primitive
[TestClass]
public sealed class DateFormatTests
{
    [TestMethod]
    [DataRow("2018")]
    [DataRow("0001")]
    [DataRow("9999-12-31")]
    [DataRow("2018-01")]
    [DataRow("2018-12")]
    [DataRow("2018-01-31")]
    [DataRow("2020-02-29")]
    [DataRow("2000-02-29")]
    [DataRow("1600-02-29")]
    public void A_date_is_a_year_a_month_or_a_day(string value)
    {
        Good("Date", value);
        Good("DateTime", value);
    }

    [TestMethod]
    [DataRow("0000")]
    [DataRow("0000-01-01")]
    [DataRow("18")]
    [DataRow("12018")]
    [DataRow("-2018")]
    [DataRow("2018-")]
    [DataRow("2018-00")]
    [DataRow("2018-13")]
    [DataRow("2018-1")]
    [DataRow("2018-01-00")]
    [DataRow("2018-01-32")]
    [DataRow("2018-04-31")]
    [DataRow("2018-02-29")]
    [DataRow("1900-02-29")]
    [DataRow("2018-01-1")]
    [DataRow("2018-01-")]
    [DataRow("2018-01-011")]
    [DataRow("2018/01/01")]
    [DataRow("20180101")]
    [DataRow("2018-01-01 ")]
    [DataRow(" 2018")]
    [DataRow("２０１８")]
    [DataRow("2018-W01")]
    public void A_date_that_is_not_in_the_calendar_or_of_another_form_is_refused(string value)
    {
        Bad("Date", value, "A date is");
        Bad("DateTime", value, "A dateTime is");
        Bad("Instant", value, "An instant is");
    }

    [TestMethod]
    [DataRow("2018-01-01T00:00:00Z")]
    [DataRow("2018-01-01T23:59:59Z")]
    [DataRow("2018-01-01T23:59:60Z")] // a leap second
    [DataRow("2018-01-01T12:00:00+14:00")]
    [DataRow("2018-01-01T12:00:00-14:00")]
    [DataRow("2018-01-01T12:00:00-13:59")]
    [DataRow("2018-01-01T12:00:00+13:59")]
    [DataRow("2018-01-01T12:00:00+00:00")]
    [DataRow("2018-01-01T12:00:00-00:00")]
    [DataRow("2018-01-01T12:00:00.0Z")]
    [DataRow("2018-01-01T12:00:00.123456789012345678901+08:00")]
    public void An_instant_is_exact_to_the_second_with_a_zone(string value)
    {
        Good("Instant", value);
        Good("DateTime", value);
        Bad("Date", value, "A date is");
    }

    [TestMethod]
    [DataRow("2018-01-01T")]
    [DataRow("2018-01-01T12")]
    [DataRow("2018-01-01T12:00")]
    [DataRow("2018-01-01T12:00Z")] // seconds are required
    [DataRow("2018-01-01T12:00:00")] // so is the zone
    [DataRow("2018-01-01T12:00:00+14:01")]
    [DataRow("2018-01-01T12:00:00-14:01")]
    [DataRow("2018-01-01T12:00:00+15:00")]
    [DataRow("2018-01-01T12:00:00+13:60")]
    [DataRow("2018-01-01T12:00:00+0800")]
    [DataRow("2018-01-01T12:00:00+08")]
    [DataRow("2018-01-01T12:00:00z")]
    [DataRow("2018-01-01t12:00:00Z")]
    [DataRow("2018-01-01 12:00:00Z")]
    [DataRow("2018-01-01T24:00:00Z")]
    [DataRow("2018-01-01T12:60:00Z")]
    [DataRow("2018-01-01T12:00:61Z")]
    [DataRow("2018-01-01T1:00:00Z")]
    [DataRow("2018-01-01T12:00:00.Z")]
    [DataRow("2018-01-01T12:00:00,5Z")]
    [DataRow("2018-01-01T12:00:00ZZ")]
    [DataRow("2018-01T12:00:00Z")]
    [DataRow("2018T12:00:00Z")]
    [DataRow("2018-02-29T12:00:00Z")]
    [DataRow("T12:00:00Z")]
    public void A_time_of_day_that_is_not_whole_is_refused(string value)
    {
        Bad("Instant", value, "An instant is");
        Bad("DateTime", value, "A dateTime is");
    }

    [TestMethod]
    [DataRow("2018")]
    [DataRow("2018-01")]
    [DataRow("2018-01-01")]
    public void An_instant_is_never_partial(string value) => Bad("Instant", value, "An instant is");

    [TestMethod]
    [DataRow("00:00:00")]
    [DataRow("23:59:59")]
    [DataRow("23:59:60")]
    [DataRow("12:00:00.5")]
    [DataRow("12:00:00.123456789012")]
    public void A_time_is_hours_minutes_and_seconds(string value) => Good("Time", value);

    [TestMethod]
    [DataRow("24:00:00")]
    [DataRow("12:00")]
    [DataRow("12:60:00")]
    [DataRow("12:00:61")]
    [DataRow("1:00:00")]
    [DataRow("12:00:00Z")]
    [DataRow("12:00:00+08:00")]
    [DataRow("12:00:00.")]
    [DataRow("T12:00:00")]
    [DataRow("12-00-00")]
    public void A_time_of_another_form_is_refused(string value) => Bad("Time", value, "A time is");

    [TestMethod]
    public void A_date_with_escapes_is_read_through_them() =>
        Assert.AreEqual("2018-01-01", Good("Date", @"2018\u002d01-01").Root.At("extension.value").Text);

    static FhirDocument Good(string type, string value) => Accepted(Extension(type, value));

    static void Bad(string type, string value, string words) =>
        Refused(Extension(type, value, "¦"), IssueType.Value, "Patient.extension[0].value", words);

    static string Extension(string type, string value, string mark = "") =>
        $$"""{"resourceType":"Patient","extension":[{"url":"http://a","value{{type}}":{{mark}}"{{value}}"}]}""";
}
