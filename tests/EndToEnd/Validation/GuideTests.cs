using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Validation;

/// <summary>The guide of src/Profiles/guide in a server that had nothing before.</summary>
[TestClass]
public sealed class GuideTests
{
    static HubProcess _hub = null!; // set before the first test
    static byte[] _package = []; // the same

    static FhirClient Fhir => _hub.Fhir;

    [ClassInitialize]
    public static async Task Install(TestContext _)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "guide");
        _package = await File.ReadAllBytesAsync(Directory.GetFiles(folder, "fhirhub.cn.mch-*.tgz").Single());
        _hub = await HubProcess.StartAsync(null, "--Hub:AllowsPackages=true");
        var installed = await Fhir.SendAsync(
            HttpMethod.Post, "$install-package?examples=true", _package, ("Content-Type", "application/gzip"));
        var parts = installed.Expect(OK).Json["parameter"]?[0]?["part"]?.AsArray() ?? [];
        Assert.IsFalse(parts.Any(part => part?["name"]?.ToString() is "problem" or "missing"), installed.Text);
        await Indexed.CompleteAsync(Fhir);
    }

    [ClassCleanup]
    public static async Task Stop() => await _hub.DisposeAsync();

    [TestMethod]
    [DataRow("Patient?ethnicity=urn:oid:2.16.156.10011.2.3.3.3|01", "mch-patient-li-yun")]
    [DataRow("Patient?division=150721100", "mch-patient-li-yun")]
    [DataRow("Patient?risk-colour=yellow", "mch-patient-li-yun")]
    [DataRow("EpisodeOfCare?edd=2026-06-17", "pregnancy-episode-li-yun")]
    [DataRow("EpisodeOfCare?booking-gestation=lt91", "pregnancy-episode-li-yun")]
    [DataRow("Task?window=ge2026-04-01&window=le2026-04-01&status=requested", "mch-task-antenatal-reminder")]
    [DataRow("Procedure?outcome=stillbirth", "delivery-procedure-cesarean-stillbirth")]
    [DataRow("Observation?interpretation=stunting", "growth-observation-stunted")]
    [DataRow("DocumentReference?hash=ba7816bf8f01cfea", "cn-document-reference-labour")]
    public async Task Its_search_parameters_find(string search, string id) =>
        CollectionAssert.AreEqual(new[] { id }, (await Fhir.GetAsync(search)).Expect(OK).Ids.ToArray());

    [TestMethod]
    [DataRow("urn:oid:2.16.840.1.113883.2.23.1.19.1", "urn:oid:2.16.156.10011.1.3")]
    [DataRow("urn:oid:2.16.840.1.113883.2.23.1.9.1", "urn:oid:2.16.156.10011.1.3")]
    [DataRow("urn:fhirhub:mch/NamingSystem/cn-resident-id", "urn:oid:2.16.156.10011.1.3")]
    [DataRow("2.16.156.10011.1.3", "urn:oid:2.16.156.10011.1.3")]
    [DataRow("urn:oid:2.16.840.1.113883.2.23.1.9.2", "urn:oid:2.16.840.1.113883.2.23.1.19.2")]
    [DataRow("urn:oid:2.16.156.10011.1.7", "urn:oid:2.16.156.10011.1.7")]
    public async Task Systems_of_identifiers_lead_to_the_one_to_send(string synonym, string preferred)
    {
        var answer = await Fhir.GetAsync($"NamingSystem/$preferred-id?id={Uri.EscapeDataString(synonym)}&type=uri");
        Assert.AreEqual(preferred, answer.Expect(OK).Json["parameter"]?[0]?["valueString"]?.ToString());
    }

    [TestMethod]
    public async Task Every_search_of_an_indicator_can_be_asked()
    {
        var measures = Resources("package/Measure-");
        var asked = 0;
        foreach (var criteria in measures.SelectMany(measure => measure["group"]?[0]?["population"]?.AsArray() ?? [])
            .Select(population => population?["criteria"])
            .Where(criteria => criteria?["language"]?.ToString() == "application/x-fhir-query"))
        {
            // A child's age counts back from the last day of the period.
            var search = criteria?["expression"]?.ToString()
                .Replace("{{start}}", "2025-10-01", StringComparison.Ordinal)
                .Replace("{{end}}", "2026-09-30", StringComparison.Ordinal)
                .Replace("{{end-3y}}", "2023-09-30", StringComparison.Ordinal)
                .Replace("{{end-5y}}", "2021-09-30", StringComparison.Ordinal)
                .Replace("{{end-7y}}", "2019-09-30", StringComparison.Ordinal) ?? "";
            (await Fhir.GetAsync(search, ("Prefer", "handling=strict"))).Expect(OK);
            asked++;
        }

        Assert.IsGreaterThan(50, asked);
    }

    [TestMethod]
    public async Task The_example_birth_counts_in_an_indicator()
    {
        const string Births = "Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure"
            + "&outcome=live&date=ge2025-10-01&date=le2026-09-30";
        CollectionAssert.AreEqual(
            new[] { "delivery-procedure-vaginal" }, (await Fhir.GetAsync(Births)).Expect(OK).Ids.ToArray());
        CollectionAssert.AreEqual(
            new[] { "delivery-procedure-vaginal" },
            (await Fhir.GetAsync(Births + "&encounter.class=IMP")).Expect(OK).Ids.ToArray());
    }

    [TestMethod]
    public async Task An_identity_card_with_a_slip_is_told_in_Chinese_too()
    {
        var patient = Resources("package/example/Patient-mch-patient-li-yun").Single();
        var identifier = patient["identifier"]?[0] ?? throw new AssertFailedException("The example has no identifier.");
        identifier["value"] = "150721199503070022";
        (await Fhir.PostAsync("Patient/$validate", patient.ToJsonString()))
            .ExpectProblem(OK, "cn-idc-checksum", "Patient.identifier[0]", "校验码不正确");
    }

    static List<JsonNode> Resources(string start)
    {
        using var gzip = new GZipStream(new MemoryStream(_package), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        var found = new List<JsonNode>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data && entry.Name.StartsWith(start, StringComparison.Ordinal))
            {
                found.Add(JsonNode.Parse(data) ?? throw new AssertFailedException(entry.Name));
            }
        }

        return found;
    }
}
