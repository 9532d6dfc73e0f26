using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#token: "special handling, such as ignoring punctuation"
[TestClass]
public sealed class PhoneNumberTests
{
    [TestMethod]
    [DataRow("13812345678")]
    [DataRow("138-1234-5678")]
    [DataRow("138 1234 5678")]
    [DataRow("138.1234.5678")]
    [DataRow("+86 138 1234 5678")]
    [DataRow("+8613812345678")]
    [DataRow("(+86)13812345678")]
    [DataRow("＋８６　１３８－１２３４－５６７８")]
    [DataRow("0086-13812345678")]
    [DataRow("8613812345678")]
    [DataRow("86 138 1234 5678")]
    [DataRow("138–1234—5678")] // en dash, em dash
    [DataRow("138\u20101234\u20115678")] // hyphen, hyphen that does not break
    [DataRow("138\u22121234\u00AD5678")] // minus, soft hyphen
    [DataRow("138\u00A01234\u20095678")] // space that does not break, thin space
    [DataRow("\u202D138 1234 5678\u202C\n")] // as copied from a phone
    [DataRow("013812345678")]
    [DataRow("+86 (0)13812345678")]
    public void A_mobile_number_is_its_eleven_digits(string written) => Is("13812345678", written);

    [TestMethod]
    [DataRow("0471-1234567", "04711234567")]
    [DataRow("(0471)1234567", "04711234567")]
    [DataRow("（0471）1234567", "04711234567")]
    [DataRow("+86 471 1234567", "04711234567")]
    [DataRow("+86 (0)471-1234567", "04711234567")]
    [DataRow("0086 471 1234567", "04711234567")]
    [DataRow("86-471-1234567", "04711234567")]
    [DataRow("86 0471 1234567", "04711234567")]
    [DataRow("+86 371 6512 3456", "037165123456")]
    [DataRow("+86 10 6512 3456", "01065123456")]
    [DataRow("86-10-65123456", "01065123456")]
    [DataRow("010-65123456", "01065123456")]
    [DataRow("+86 400-123-4567", "4001234567")]
    [DataRow("400-123-4567", "4001234567")]
    [DataRow("+86 95588", "95588")]
    [DataRow("86123456", "86123456")]
    [DataRow("8612-3456", "86123456")]
    public void A_number_with_an_area_begins_with_its_0_and_others_have_none(string written, string expected) =>
        Is(expected, written);

    [TestMethod]
    [DataRow("+1 (212) 555-0100", "+12125550100")]
    [DataRow("+44 20 7946 0958", "+442079460958")]
    [DataRow("0044 20 7946 0958", "00442079460958")]
    [DataRow("+852-2345-6789", "+85223456789")]
    [DataRow("(864) 555-0100", "8645550100")] // without the country, as in South Carolina
    [DataRow("8 (612) 345-67-89", "86123456789")] // as in St. Petersburg
    public void Of_other_countries_only_the_separators_go(string written, string expected) => Is(expected, written);

    [TestMethod]
    [DataRow("")]
    [DataRow("+")]
    [DataRow("120")]
    [DataRow("1-2-0")]
    [DataRow("1 2 3 4")]
    [DataRow("+86 1")]
    [DataRow("0086")]
    [DataRow("0471-1234567转8001")]
    [DataRow("0471-1234567 ext 8001")]
    [DataRow("0471-1234567x12")]
    [DataRow("13812345678,13912345678")]
    [DataRow("0471-1234567/8")]
    [DataRow("++8613812345678")]
    [DataRow("138+12345678")]
    [DataRow("13812345678@example.org")]
    [DataRow("http://13812345678")]
    [DataRow("tel:+86-138-1234-5678")]
    [DataRow("\u0661\u0663\u0668\u0661\u0662\u0663")] // digits, but of no phone here
    public void Everything_else_stays_as_it_is(string value) => Assert.AreSame(value, PhoneNumber.Normal(value));

    [TestMethod]
    public void A_long_row_of_digits_stays_what_it_is()
    {
        var digits = new string('7', 100_000);
        Assert.AreSame(digits, PhoneNumber.Normal(digits));
    }

    [TestMethod]
    [DataRow("Patient", "phone", true, false)]
    [DataRow("Patient", "telecom", true, false)]
    [DataRow("Patient", "email", true, false)]
    [DataRow("Patient", "identifier", false, true)]
    [DataRow("Patient", "_tag", false, true)]
    [DataRow("Patient", "deceased", false, true)]
    [DataRow("OrganizationAffiliation", "phone", true, false)]
    public void The_definition_says_whether_contact_points_are_read(
        string type, string code, bool hasContacts, bool hasOthers)
    {
        Assert.IsTrue(ParameterCatalog.R4.TryGet(type, code, out var parameter));
        Reads(parameter, hasContacts, hasOthers);
    }

    [TestMethod]
    [DataRow("Patient", "Patient.contact.telecom.where(use = 'home')", true, false)]
    [DataRow("Patient", "Patient.identifier | Patient.telecom", true, true)]
    [DataRow("Patient", "Patient.extension('http://example.org/x').value", true, true)]
    [DataRow("Patient", "Patient.extension('http://example.org/x').value.ofType(Identifier)", false, true)]
    [DataRow("Patient", "Patient.telecom.tail()", true, true)] // only an evaluation tells
    [DataRow("Resource", "Resource.meta.tag", false, true)]
    [DataRow("DomainResource", "DomainResource.extension('http://example.org/x').value.as(ContactPoint)", true, false)]
    public void The_definition_of_a_parameter_of_ones_own_says_it_as_well(
        string type, string expression, bool hasContacts, bool hasOthers) =>
        Reads(Custom(type, SearchParameterType.Token, expression), hasContacts, hasOthers);

    /// <summary>R4 has no such parameter, so nothing but phone numbers is ever found in another writing.</summary>
    [TestMethod]
    public void No_parameter_of_R4_reads_contact_points_and_others() => Assert.IsEmpty(
        ParameterCatalog.R4.All.Where(parameter => parameter.Type == SearchParameterType.Token
            && ContactReading.Of(parameter) is { HasContacts: true, HasOthers: true }).Select(parameter => parameter.Url));

    [TestMethod]
    [DataRow("custom=138-1234-5678", "(custom = 138-1234-5678 | custom = 13812345678)")]
    [DataRow("custom=13812345678", "custom = 13812345678")]
    [DataRow("custom:not=138-1234-5678", "!(custom = 138-1234-5678 | custom = 13812345678)")]
    [DataRow(
        "_filter=custom ne 138-1234-5678",
        "(some (custom = 138-1234-5678) else & some (custom = 13812345678) else)")]
    [DataRow("phone= 86 471 1234567", "phone = 04711234567")] // the plus was not escaped
    [DataRow("phone=|138-1234-5678", "phone = |13812345678")]
    [DataRow("custom=|138-1234-5678", "(custom = |138-1234-5678 | custom = |13812345678)")]
    [DataRow("custom=http://example.org/x|138-1234-5678", "custom = http://example.org/x|138-1234-5678")]
    [DataRow("phone=phone|", "phone = phone|*")]
    [DataRow("identifier=138-1234-5678", "identifier = 138-1234-5678")]
    public void A_query_asks_for_the_one_writing_where_contact_points_are_read(string search, string expected)
    {
        var both = Custom("Patient", SearchParameterType.Token, "Patient.identifier | Patient.telecom");
        var parser = new SearchParser(ParameterCatalog.R4.With(both), SearchZone.China, TimeProvider.System);
        var (name, value) = (search[..search.IndexOf('=', StringComparison.Ordinal)], search.Split('=', 2)[1]);
        var query = parser.Parse("t", "Patient", [new(name, value)], isLenient: false).Query;
        Assert.AreEqual(expected, FilterText.Of(query.Expression));
    }

    static void Is(string expected, string written) => Assert.AreEqual(expected, PhoneNumber.Normal(written));

    static void Reads(SearchParameterSchema parameter, bool hasContacts, bool hasOthers)
    {
        var reading = ContactReading.Of(parameter);
        Assert.AreEqual((hasContacts, hasOthers), (reading.HasContacts, reading.HasOthers));
    }
}
