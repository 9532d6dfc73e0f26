namespace FhirHub.Unit.FhirPath;

/// <summary>Conversions between System types.</summary>
[TestClass]
public sealed class ConversionTests
{
    [TestMethod]
    [DataRow("'TRUE'.toBoolean()", "true")]
    [DataRow("'yes'.toBoolean()", "true")]
    [DataRow("'n'.toBoolean()", "false")]
    [DataRow("1.toBoolean()", "true")]
    [DataRow("0.0.toBoolean()", "false")]
    [DataRow("2.toBoolean()", "")]
    [DataRow("'maybe'.toBoolean()", "")]
    [DataRow("'maybe'.convertsToBoolean()", "false")]
    [DataRow("{}.convertsToBoolean()", "")]
    [DataRow("(1|0).toBoolean()", "error")]
    public void Booleans_come_from_many_words(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'12'.toInteger()", "12")]
    [DataRow("'+12'.toInteger()", "12")]
    [DataRow("'1.0'.toInteger()", "")]
    [DataRow("1.5.toInteger()", "")]
    [DataRow("true.toInteger()", "1")]
    [DataRow("'99999999999'.toInteger()", "")]
    [DataRow("'1.50'.toDecimal()", "1.50")]
    [DataRow("'1.'.toDecimal()", "")]
    [DataRow("'.5'.toDecimal()", "")]
    [DataRow("'1e3'.toDecimal()", "")]
    [DataRow("true.toDecimal()", "1.0")]
    [DataRow("1.toDecimal()", "1")]
    [DataRow("'a'.convertsToDecimal()", "false")]
    [DataRow("multipleBirth.toDecimal()", "2")]
    public void Numbers_come_from_text_and_truth(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1.toString()", "1")]
    [DataRow("1.50.toString()", "1.50")]
    [DataRow("true.toString()", "true")]
    [DataRow("@2015-02.toString()", "2015-02")]
    [DataRow("@2015-02-04T14:30:00Z.toString()", "2015-02-04T14:30:00Z")]
    [DataRow("@T14:30.toString()", "14:30")]
    [DataRow("4 days.toString()", "4 days")]
    [DataRow("4 'mg'.toString()", "4 'mg'")]
    [DataRow("birthDate.toString()", "1974-12-25")]
    [DataRow("name[0].toString()", "")]
    [DataRow("name[0].convertsToString()", "false")]
    [DataRow("name.toString()", "error")]
    public void Text_comes_from_everything_simple(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'2015'.toDate()", "2015")]
    [DataRow("'2015-02-30'.toDate()", "")]
    [DataRow("'2015-02-04T10:00'.toDate()", "2015-02-04")]
    [DataRow("@2015-02-04T10:00:00Z.toDate()", "2015-02-04")]
    [DataRow("'2015-02-04T10'.toDateTime()", "2015-02-04T10")]
    [DataRow("@2015-02.toDateTime() is DateTime", "true")]
    [DataRow("'14:30'.toTime()", "14:30")]
    [DataRow("'T14:30:00.5'.toTime()", "14:30:00.5")]
    [DataRow("'25:00'.toTime()", "")]
    [DataRow("1.toTime()", "")]
    [DataRow("'x'.convertsToDateTime()", "false")]
    public void Moments_come_from_text(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1.toQuantity()", "1 '1'")]
    [DataRow("'4 days'.toQuantity()", "4 days")]
    [DataRow("'4 \\'mg\\''.toQuantity()", "4 'mg'")]
    [DataRow("'4 mg'.toQuantity()", "")]
    [DataRow("'1.5'.toQuantity()", "1.5 '1'")]
    [DataRow("true.toQuantity()", "1.0 '1'")]
    [DataRow("'a'.toQuantity()", "")]
    [DataRow("1000 'mg'.toQuantity('g')", "1 'g'")]
    [DataRow("1 'mg'.toQuantity('m')", "")]
    [DataRow("1 'mg'.convertsToQuantity('g')", "true")]
    public void Quantities_come_from_text_and_numbers(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
