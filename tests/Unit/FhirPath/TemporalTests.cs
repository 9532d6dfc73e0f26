namespace FhirHub.Unit.FhirPath;

/// <summary>Dates and times: precision, offsets, arithmetic, boundaries.</summary>
[TestClass]
public sealed class TemporalTests
{
    [TestMethod]
    [DataRow("@2018 < @2019", "true")]
    [DataRow("@2018 < @2018-03", "")]
    [DataRow("@2018-03 = @2018", "")]
    [DataRow("@2018-03 = @2018-03", "true")]
    [DataRow("@2018-03-01 > @2018-02", "true")]
    [DataRow("@T10:30 < @T10:30:00", "")]
    [DataRow("@T10:30 < @T10:31:00", "true")]
    [DataRow("@2018-03-01 = @2018-03-01T10:00", "")]
    [DataRow("@2018-03-01 != @2018-03-02T10:00", "true")]
    [DataRow("@2018 ~ @2018-01", "false")]
    [DataRow("@2018-03 ~ @2018-03", "true")]
    [DataRow("@T10:00 = @2018", "false")]
    [DataRow("@T10:00 < @2018", "error")]
    [DataRow("birthDate < @1975", "true")]
    [DataRow("@2018-01-01T10:00:00 = @2018-01-01T10:00:00.000", "true")]
    [DataRow("@2018-01-01T10:00:00 < @2018-01-01T10:00:00.001", "true")]
    public void Comparison_ends_where_precision_does(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("@2018-01-01T10:00:00Z = @2018-01-01T12:00:00+02:00", "true")]
    [DataRow("@2018-01-01T10:00:00Z < @2018-01-01T10:00:00-01:00", "true")]
    [DataRow("@2018-01-01T10:00:00Z = @2018-01-01T10:00:00", "")]
    [DataRow("@2018-01-01T10:00:00Z < @2018-01-03T10:00:00", "true")]
    [DataRow("@2018-01-01T10:00:00Z > @2018-01-01T09:00:00", "")]
    [DataRow("@2018-01-01T10:00:00Z ~ @2018-01-01T10:00:00", "false")]
    public void Offsets_are_taken_into_account_or_leave_it_open(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("@2016-02-29 + 1 year", "2017-02-28")]
    [DataRow("@2018-01-31 + 1 month", "2018-02-28")]
    [DataRow("@2018-03-31 - 1 month", "2018-02-28")]
    [DataRow("@2018-01-01 + 2 weeks", "2018-01-15")]
    [DataRow("@2018-01-01 + 1.9 days", "2018-01-02")]
    [DataRow("@2014 + 24 months", "2016")]
    [DataRow("@2014 + 13 months", "2015")]
    [DataRow("@2014-03 + 40 days", "2014-04")]
    [DataRow("@2018-01-01T10:00:00Z + 90 minutes", "2018-01-01T11:30:00Z")]
    [DataRow("@2018-01-01T10:00:00Z + 0.5 's'", "2018-01-01T10:00:00.500Z")]
    [DataRow("@2018-01-01T10:00 + 90 seconds", "2018-01-01T10:01")]
    [DataRow("@T23:30 + 1 hour", "00:30")]
    [DataRow("@T00:30 - 1 hour", "23:30")]
    [DataRow("@T10:00 + 1 day", "error")]
    [DataRow("@2018-01-01 + 1 'a'", "error")]
    [DataRow("@2018-01-01 + 1 'mo'", "error")]
    [DataRow("@2018-01-01 + 1 'd'", "2018-01-02")]
    [DataRow("@2018-01-01 + 1 'cm'", "error")]
    [DataRow("@2018-01-01 + 7", "error")]
    [DataRow("@9999-12-31 + 1 day", "")]
    [DataRow("@0001-01-01 - 1 day", "")]
    [DataRow("@2018 + {}", "")]
    [DataRow("@2018 * 2", "error")]
    [DataRow("birthDate + 1 day", "1974-12-26")]
    public void Durations_move_along_the_calendar(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("@2014.lowBoundary(6)", "2014-01")]
    [DataRow("@2014.highBoundary(6)", "2014-12")]
    [DataRow("@2014.highBoundary()", "2014-12-31")]
    [DataRow("@2016-02.highBoundary()", "2016-02-29")]
    [DataRow("@2014-01-01T08.lowBoundary(17)", "2014-01-01T08:00:00.000+14:00")]
    [DataRow("@2014-01-01T08.highBoundary(17)", "2014-01-01T08:59:59.999-12:00")]
    [DataRow("@2014-01-01T08:05+08:00.highBoundary()", "2014-01-01T08:05:59.999+08:00")]
    [DataRow("@2014-01-01T08.lowBoundary(8)", "2014-01-01")]
    [DataRow("@T10:30.lowBoundary(9)", "10:30:00.000")]
    [DataRow("@T10:30.highBoundary(9)", "10:30:59.999")]
    [DataRow("@2014.lowBoundary(5)", "")]
    [DataRow("@2014.lowBoundary(17)", "")]
    [DataRow("@2014.precision()", "4")]
    [DataRow("@2014-01-05T10:30:00.000.precision()", "17")]
    [DataRow("@T10:30.precision()", "4")]
    public void Boundaries_enclose_what_a_moment_may_be(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("@2015-02-30", "error")]
    [DataRow("@2015-13", "error")]
    [DataRow("@T25:00", "error")]
    [DataRow("@2015-02-04T10:61", "error")]
    [DataRow("@T10:00Z", "error")]
    [DataRow("@2015-0", "error")]
    public void No_such_moment_is_an_error(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
