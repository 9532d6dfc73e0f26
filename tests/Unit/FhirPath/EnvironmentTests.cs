using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Unit.FhirPath;

/// <summary>What an evaluation asks of the world around it.</summary>
[TestClass]
public sealed class EnvironmentTests
{
    [TestMethod]
    public void User_variables_come_from_the_environment()
    {
        var environment = new FhirPathEnvironment
        {
            Variables = new Dictionary<string, IReadOnlyList<FhirPathValue>>
            {
                ["limit"] = [FhirPathValue.Of(2)],
                ["names"] = [FhirPathValue.Of("Jim"), FhirPathValue.Of("Tim")],
            },
        };

        Assert.AreEqual("true", Sample.Evaluate("multipleBirth <= %limit", environment));
        Assert.AreEqual("Jim", Sample.Evaluate("name.given.where($this in %names)", environment));
    }

    [TestMethod]
    public void Now_is_one_instant_of_the_clock_of_the_environment()
    {
        var environment = new FhirPathEnvironment { TimeProvider = new StandingClock() };

        Assert.AreEqual("2024-02-29T10:30:15.250Z", Sample.Evaluate("now()", environment));
        Assert.AreEqual("true", Sample.Evaluate("now() = now() and today() = now().toDate()", environment));
        Assert.AreEqual("2024-02-29, 10:30:15.250", Sample.Evaluate("today() | timeOfDay()", environment));
    }

    [TestMethod]
    public void References_out_of_the_document_are_asked_for()
    {
        var asked = new List<string>();
        var away = Sample.Parse("""{ "resourceType": "Practitioner", "id": "away", "name": [{ "family": "Far" }] }""");
        var environment = new FhirPathEnvironment
        {
            Resolve = (reference, from) =>
            {
                asked.Add($"{from.Type.Name} {reference}");
                return away.Root;
            },
        };

        Assert.AreEqual("Doc, Far", Sample.Evaluate("generalPractitioner.resolve().name.family", environment));
        CollectionAssert.AreEqual(new[] { "Reference Practitioner/away" }, asked);
    }

    [TestMethod]
    [DataRow("entry[0].resource.subject.resolve().id", "a")]
    [DataRow("entry[1].resource.subject.resolve().id", "b")]
    [DataRow("entry[2].resource.subject.resolve().id", "")]
    [DataRow("entry[0].resource.contained.where(id = 'c').text.resolve()", "")]
    public void References_to_bundle_entries_follow_their_full_urls(string expression, string expected)
    {
        var bundle = Sample.Parse("""
            { "resourceType": "Bundle", "type": "collection", "entry": [
              { "fullUrl": "http://x/fhir/Basic/1", "resource": { "resourceType": "Basic", "id": "1",
                "code": { "text": "c" }, "subject": { "reference": "Patient/a" } } },
              { "fullUrl": "http://y/fhir/Basic/2", "resource": { "resourceType": "Basic", "id": "2",
                "code": { "text": "c" }, "subject": { "reference": "urn:uuid:1c1d5a3c-4c5b-4e0a-8c1b-7d6f0f1f2a3b" } } },
              { "fullUrl": "http://z/fhir/Basic/3", "resource": { "resourceType": "Basic", "id": "3",
                "code": { "text": "c" }, "subject": { "reference": "Patient/a" } } },
              { "fullUrl": "http://x/fhir/Patient/a", "resource": { "resourceType": "Patient", "id": "a" } },
              { "fullUrl": "urn:uuid:1c1d5a3c-4c5b-4e0a-8c1b-7d6f0f1f2a3b",
                "resource": { "resourceType": "Patient", "id": "b" } } ] }
            """);

        Assert.AreEqual(expected, Sample.Evaluate(expression, bundle));
    }

    [TestMethod]
    public void The_root_resource_of_a_contained_one_is_its_container()
    {
        var practitioner = Sample.Patient.Root["contained"].ElementAt(1).First("name");

        Assert.AreEqual("d1", FhirPathExpression.Compile("%resource.id").Scalar(practitioner)?.ToString());
        Assert.AreEqual("p1", FhirPathExpression.Compile("%rootResource.id").Scalar(practitioner)?.ToString());
        Assert.AreEqual("Doc", FhirPathExpression.Compile("%context.family").Scalar(practitioner)?.ToString());
    }

    [TestMethod]
    public void Terminology_and_profiles_are_asked_for()
    {
        var environment = new FhirPathEnvironment
        {
            MemberOf = (code, valueSet) => valueSet == "http://unknown" ? null : code.ToString() == "male",
            Subsumes = (broad, narrow) => broad.ToString() == "male" && narrow.ToString() == "official",
            ConformsTo = (node, profile) => profile == "http://mine" ? node.Type.Name == "Patient" : null,
        };

        Assert.AreEqual("true", Sample.Evaluate("gender.memberOf('http://x')", environment));
        Assert.AreEqual("", Sample.Evaluate("gender.memberOf('http://unknown')", environment));
        Assert.AreEqual("true", Sample.Evaluate("gender.subsumes(name[0].use)", environment));
        Assert.AreEqual("true", Sample.Evaluate("name[0].use.subsumedBy(gender)", environment));
        Assert.AreEqual("false", Sample.Evaluate("gender.subsumedBy(name[0].use)", environment));
        Assert.AreEqual("true", Sample.Evaluate("conformsTo('http://mine')", environment));
        Assert.AreEqual("error", Sample.Evaluate("conformsTo('http://other')", environment));
    }

    [TestMethod]
    public void Traces_are_handed_over()
    {
        var traces = new List<string>();
        var environment = new FhirPathEnvironment
        {
            Trace = (name, items) => traces.Add($"{name}: {string.Join(", ", items)}"),
        };

        Sample.Evaluate("name.given.trace('all').first()", environment);
        Sample.Evaluate("name.trace('uses', use).count()", environment);

        CollectionAssert.AreEqual(new[] { "all: Peter, James, Jim", "uses: official, usual" }, traces);
    }

    [TestMethod]
    public void An_evaluation_may_evaluate_another_one()
    {
        var inner = FhirPathExpression.Compile("name.given.count()");
        var environment = new FhirPathEnvironment
        {
            ConformsTo = (node, _) => inner.Evaluate(node)[0].Integer == 3,
        };

        Assert.AreEqual("true, 3", Sample.Evaluate("conformsTo('x') | name.given.count()", environment));
    }

    [TestMethod]
    public void As_takes_one_item_where_that_is_asked_for()
    {
        var environment = new FhirPathEnvironment { AsTakesMany = false };

        Assert.AreEqual("error", Sample.Evaluate("name as HumanName", environment));
        Assert.AreEqual("official, usual", Sample.Evaluate("(name as HumanName).use"));
    }

    [TestMethod]
    public void Without_a_node_an_expression_can_still_compute()
    {
        Assert.AreEqual("3", FhirPathExpression.Compile("1 + 2").Scalar(default(FhirNode))?.ToString());
        Assert.IsFalse(FhirPathExpression.Compile("name").Any(default));
    }

    /// <summary>A clock that stands still on a leap day.</summary>
    sealed class StandingClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2024, 2, 29, 10, 30, 15, 250, TimeSpan.Zero);
    }
}
