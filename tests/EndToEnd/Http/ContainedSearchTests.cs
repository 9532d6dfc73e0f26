using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>What the entries of resources inside others hold: https://hl7.org/fhir/R4/search.html#contained</summary>
[TestClass]
public sealed class ContainedSearchTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task An_entry_is_the_container_or_what_it_contains()
    {
        var tag = Sample.Tag();
        var made = (await Fhir.PostAsync("MedicationRequest", $$"""
            {"resourceType":"MedicationRequest","status":"draft","intent":"plan","subject":{"display":"x"},
             "medicationReference":{"reference":"#m1"},"contained":[{"resourceType":"Medication","id":"m1",
             "identifier":[{"system":"{{Sample.System}}","value":"{{tag}}"}]}]}
            """)).Expect(Created);
        var address = $"{Fhir.BaseUrl}/MedicationRequest/{made.Json["id"]}";
        var own = Sample.ByTag(tag);

        Assert.IsEmpty((await Fhir.GetAsync($"Medication?{own}")).Expect(OK).Entries);
        foreach (var contained in (string[])["true", "both"])
        {
            var container = (await Fhir.GetAsync($"Medication?{own}&_contained={contained}")).Expect(OK).Entries[0];
            Assert.AreEqual(address, container["fullUrl"]?.ToString());
            Assert.AreEqual("MedicationRequest", container["resource"]?["resourceType"]?.ToString());
            Assert.AreEqual("match", container["search"]?["mode"]?.ToString());
        }

        var found = await Fhir.GetAsync($"Medication?{own}&_contained=true&_containedType=contained&_total=accurate");
        Assert.AreEqual("1", found.Expect(OK).Json["total"]?.ToString());
        var inner = found.Entries[0];
        Assert.AreEqual($"{address}#m1", inner["fullUrl"]?.ToString());
        Assert.AreEqual("Medication", inner["resource"]?["resourceType"]?.ToString());
        Assert.AreEqual("m1", inner["resource"]?["id"]?.ToString());
        Assert.AreEqual("match", inner["search"]?["mode"]?.ToString());

        var chained = await Fhir.GetAsync($"MedicationRequest?medication.{own}");
        Assert.AreEqual(address, chained.Expect(OK).Entries[0]["fullUrl"]?.ToString());
        (await Fhir.DeleteAsync($"Medication?{own}&_contained=true")).Expect(NotImplemented);
    }
}
