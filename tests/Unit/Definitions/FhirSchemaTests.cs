using FhirHub.Fhir.Definitions;

namespace FhirHub.Unit.Definitions;

[TestClass]
public sealed class FhirSchemaTests
{
    static readonly FhirSchema R4 = FhirSchema.R4;

    [TestMethod]
    public void All_of_R4_is_there()
    {
        Assert.AreEqual("4.0.1", R4.FhirVersion);
        Assert.AreEqual(146, R4.Types.Count(t => t.IsResource && !t.IsAbstract));
        Assert.AreEqual(20, R4.Types.Count(t => t.IsPrimitive));
        Assert.HasCount(1375, R4.SearchParameters);
        CollectionAssert.AreEquivalent(
            new[] { "Device", "Encounter", "Patient", "Practitioner", "RelatedPerson" },
            R4.Compartments.Select(c => c.Type).ToArray());
    }

    [TestMethod]
    public void A_choice_has_one_property_for_each_type()
    {
        Assert.IsTrue(R4["Observation"].TryGetElement("value", out var value));
        Assert.IsTrue(value.IsChoice);
        Assert.HasCount(11, value.Properties);
        Assert.IsTrue(R4["Observation"].TryGetProperty("valueQuantity", out var quantity));
        Assert.AreSame(R4["Quantity"], quantity.Type);
        Assert.AreSame(value, quantity.Element);
        Assert.IsFalse(R4["Observation"].TryGetProperty("value", out _));
    }

    [TestMethod]
    public void Content_references_lead_to_the_type_they_name()
    {
        Assert.IsTrue(R4["Questionnaire.item"].TryGetProperty("item", out var item));
        Assert.AreSame(R4["Questionnaire.item"], item.Type);
        Assert.AreEqual("Questionnaire.item", item.Element.ContentReference);
    }

    [TestMethod]
    public void Elements_know_cardinality_flags_binding_targets_and_invariants()
    {
        Assert.IsTrue(R4["Patient"].TryGetElement("link", out var link));
        Assert.IsTrue(link is { Min: 0, Max: int.MaxValue, IsArray: true, IsModifier: true, IsSummary: true });
        Assert.IsTrue(R4["Patient"].TryGetElement("gender", out var gender));
        Assert.AreEqual(BindingStrength.Required, gender.Binding?.Strength);
        Assert.AreEqual("http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1", gender.Binding?.ValueSet);
        Assert.IsTrue(R4["Patient"].TryGetElement("managingOrganization", out var organization));
        Assert.AreEqual("http://hl7.org/fhir/StructureDefinition/Organization", organization.Types[0].TargetProfiles[0]);
        Assert.IsTrue(R4["Patient"].TryGetElement("contact", out var contact));
        Assert.Contains("pat-1", contact.Invariants.Select(i => i.Key));
        Assert.Contains("dom-2", R4["Patient"].Invariants.Select(i => i.Key));
    }

    [TestMethod]
    public void Types_know_what_they_specialise()
    {
        Assert.IsTrue(R4["Patient"].IsA(R4["DomainResource"]));
        Assert.IsTrue(R4["Age"].IsA(R4["Quantity"]));
        Assert.IsTrue(R4["code"].IsA(R4["string"]));
        Assert.IsTrue(R4["Patient.contact"].IsA(R4["BackboneElement"]));
        Assert.IsFalse(R4["Bundle"].IsA(R4["DomainResource"]));
    }

    [TestMethod]
    public void Primitives_carry_their_published_rules()
    {
        Assert.AreEqual(PrimitiveKind.PositiveInt, R4["positiveInt"].Primitive);
        Assert.AreEqual(1, R4["positiveInt"].MinValue);
        Assert.AreEqual(int.MaxValue, R4["integer"].MaxValue);
        Assert.AreEqual(1048576, R4["string"].MaxLength);
        Assert.AreEqual(@"[A-Za-z0-9\-\.]{1,64}", R4["id"].Regex);
        Assert.IsTrue(R4["Patient"].TryGetElement("id", out var id));
        Assert.AreSame(R4["id"], id.Types[0].Type);
    }

    [TestMethod]
    public void Every_property_is_found_by_its_name_and_nothing_else_is()
    {
        foreach (var type in R4.Types)
        {
            foreach (var property in type.Properties)
            {
                Assert.AreSame(property, type.Find(property.Utf8Name));
            }

            Assert.IsNull(type.Find("nonsense"u8));
            Assert.IsNull(type.Find(""u8));
        }
    }

    [TestMethod]
    public void Compartments_name_the_parameters_that_make_a_member()
    {
        Assert.IsTrue(R4.TryGetCompartment("Patient", out var compartment));
        CollectionAssert.AreEquivalent(new[] { "subject", "performer" }, compartment.Members["Observation"].ToArray());
        Assert.IsFalse(compartment.Members.ContainsKey("Organization"));
    }

    [TestMethod]
    public void The_archive_gives_any_definition_by_its_canonical_URL()
    {
        var archive = DefinitionArchive.R4;
        Assert.IsTrue(archive.TryGet("http://hl7.org/fhir/ValueSet/administrative-gender", out var gender));
        Assert.AreEqual("administrative-gender", gender.Root.At("id").Text);
        Assert.IsTrue(archive.TryGet("http://hl7.org/fhir/StructureDefinition/Patient|4.0.1", out var patient));
        Assert.AreEqual("Patient", patient.Root.At("snapshot.element.path").Text);
        Assert.IsTrue(archive.TryGet("http://terminology.hl7.org/CodeSystem/v3-ActCode", out var actCode));
        Assert.AreNotEqual("2018-08-12", actCode.Root.At("version").Text);
        Assert.IsFalse(archive.TryGet("http://example.org/none", out _));
        Assert.IsGreaterThan(600, archive.List("StructureDefinition").Count());
        Assert.HasCount(46, archive.ReadAll("OperationDefinition").ToList());
    }

    [TestMethod]
    public void The_archive_leaves_out_examples_and_nothing_that_only_begins_like_one()
    {
        Assert.IsTrue(DefinitionArchive.R4.TryGet("http://hl7.org/fhir/ValueSet/examplescenario-actor-type|4.0.1", out _));
        Assert.IsFalse(DefinitionArchive.R4.TryGet("http://hl7.org/fhir/CodeSystem/example", out _));
        Assert.IsFalse(DefinitionArchive.R4.TryGet("http://hl7.org/fhir/ConceptMap/example2", out _));
    }

    [TestMethod]
    public void HL7_terminology_prevails_where_R4_defines_a_URL_under_another_id()
    {
        // R4 calls it encounter-diet, which sorts after the name it has in HL7 terminology.
        Assert.IsTrue(DefinitionArchive.R4.TryGet("http://terminology.hl7.org/CodeSystem/diet", out var diet));
        Assert.AreEqual("diet", diet.Root.At("id").Text);
        Assert.IsTrue(DefinitionArchive.R4.TryGet("http://terminology.hl7.org/CodeSystem/diet|4.0.1", out var published));
        Assert.AreEqual("encounter-diet", published.Root.At("id").Text);
    }
}
