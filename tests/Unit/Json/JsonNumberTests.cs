using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// Numbers: JSON's grammar, FHIR's ranges, and that a decimal's text is its value:
// https://hl7.org/fhir/R4/json.html#decimal
[TestClass]
public sealed class JsonNumberTests
{
    [TestMethod]
    [DataRow("0")]
    [DataRow("-0")]
    [DataRow("0.10")]
    [DataRow("1.00")]
    [DataRow("-12.340")]
    [DataRow("100")]
    [DataRow("1e3")]
    [DataRow("1E+03")]
    [DataRow("1.0e-10")]
    [DataRow("0e0")]
    [DataRow("1E400")]
    [DataRow("18446744073709551616")]
    [DataRow("3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067")]
    [DataRow("1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public void A_decimal_keeps_its_text(string number)
    {
        var document = Accepted(Extension("valueDecimal", number));
        Assert.AreEqual(number, document.Root.At("extension.value").Text);
        Assert.AreEqual(number, Accepted(FhirHub.Fhir.Json.JsonOutput.Write(document)).Root.At("extension.value").Text);
    }

    [TestMethod]
    [DataRow("01")]
    [DataRow("-01")]
    [DataRow("00")]
    [DataRow("1.")]
    [DataRow("1.e5")]
    [DataRow("-")]
    [DataRow("-.5")]
    [DataRow("1e")]
    [DataRow("1e+")]
    [DataRow("1E-")]
    [DataRow("-Infinity")]
    public void What_is_almost_a_number_is_not_JSON(string number)
    {
        NotJson(Extension("valueDecimal", "¦" + number), "JSON number");
        NotJson(Extension("valueInteger", "¦" + number), "JSON number");
        Assert.AreEqual(IssueSeverity.Fatal, Parsed(Extension("unknownToFhir", number), ParseOptions.Strict).Issues[^1].Severity);
    }

    [TestMethod]
    [DataRow(".5")]
    [DataRow("+1")]
    [DataRow("NaN")]
    [DataRow("Infinity")]
    public void What_does_not_begin_like_a_number_is_not_JSON(string number)
    {
        NotJson(Extension("valueDecimal", "¦" + number), "Expected a JSON value");
        NotJson(Extension("valueInteger", "¦" + number), "Expected a JSON value");
    }

    [TestMethod]
    [DataRow("0x10", "¦x")]
    [DataRow("1_000", "¦_")]
    [DataRow("1.2.3", "¦.3")]
    [DataRow("1,5", "")]
    public void A_number_ends_where_its_grammar_ends(string number, string rest)
    {
        if (rest.Length > 0)
        {
            NotJson(Extension("valueDecimal", number.Replace(rest[1..], rest)), "Expected ',' or '}'");
        }
        else
        {
            NotJson(Extension("valueDecimal", number.Replace(",", ",¦")), "Expected a property name");
        }
    }

    [TestMethod]
    [DataRow("valueInteger", "0")]
    [DataRow("valueInteger", "-0")]
    [DataRow("valueInteger", "-1")]
    [DataRow("valueInteger", "2147483647")]
    [DataRow("valueInteger", "-2147483648")]
    [DataRow("valueUnsignedInt", "0")]
    [DataRow("valueUnsignedInt", "2147483647")]
    [DataRow("valuePositiveInt", "1")]
    [DataRow("valuePositiveInt", "2147483647")]
    public void An_integer_within_its_bounds_is_accepted(string property, string number) =>
        Assert.AreEqual(number, Accepted(Extension(property, number)).Root.At("extension.value").Text);

    [TestMethod]
    [DataRow("valueInteger", "2147483648", "from -2147483648 to 2147483647")]
    [DataRow("valueInteger", "-2147483649", "from -2147483648 to 2147483647")]
    [DataRow("valueInteger", "18446744073709551616", "from -2147483648 to 2147483647")]
    [DataRow("valueInteger", "-99999999999999999999999999", "from -2147483648 to 2147483647")]
    [DataRow("valueInteger", "1.0", "An integer has neither a point nor an exponent")]
    [DataRow("valueInteger", "1e2", "neither a point nor an exponent")]
    [DataRow("valueUnsignedInt", "-1", "from 0 to 2147483647")]
    [DataRow("valueUnsignedInt", "-0", "zero has no sign")]
    [DataRow("valueUnsignedInt", "2147483648", "from 0 to 2147483647")]
    [DataRow("valueUnsignedInt", "1E2", "neither a point nor an exponent")]
    [DataRow("valuePositiveInt", "0", "from 1 to 2147483647")]
    [DataRow("valuePositiveInt", "-1", "from 1 to 2147483647")]
    [DataRow("valuePositiveInt", "2147483648", "from 1 to 2147483647")]
    [DataRow("valuePositiveInt", "1.5", "neither a point nor an exponent")]
    public void An_integer_out_of_its_bounds_is_refused(string property, string number, string words) =>
        Refused(Extension(property, "¦" + number), IssueType.Value, "Patient.extension[0].value", words);

    static string Extension(string property, string value) =>
        $$"""{"resourceType":"Patient","extension":[{"url":"http://a","{{property}}":{{value}}}]}""";
}
