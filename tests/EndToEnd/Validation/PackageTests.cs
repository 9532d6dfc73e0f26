using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Validation;

/// <summary>Implementation guides installed and uninstalled while the server works.</summary>
[TestClass]
public sealed class PackageTests
{
    const string Url = "http://example.org/StructureDefinition/own";
    const string Codes = "http://example.org/ValueSet/own";

    [TestMethod]
    public async Task A_package_brings_profiles_value_sets_and_search_parameters_until_it_goes()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:AllowsPackages=true");
        var fhir = hub.Fhir;
        var patient = """{"resourceType":"Patient","maritalStatus":{"coding":[{"system":"urn:own","code":"b"}]}}""";
        (await fhir.PostAsync($"Patient/$validate?profile={Url}", patient)).ExpectProblem(OK, "profile-unknown");

        // 1. Installed: the profile and its value set count at once, the search parameter finds.
        var installed = await fhir.SendAsync(
            HttpMethod.Post, "$install-package", Tarball(), ("Content-Type", "application/gzip"));
        Assert.AreEqual("own", installed.Expect(OK).Json["parameter"]?[0]?["part"]?[0]?["valueString"]?.ToString());
        (await fhir.PostAsync($"Patient/$validate?profile={Url}", patient))
            .ExpectProblem(OK, "binding-required", "Patient.maritalStatus");
        var good = patient.Replace("\"b\"", "\"a\"", StringComparison.Ordinal);
        Assert.DoesNotContain("error", (await fhir.PostAsync($"Patient/$validate?profile={Url}|1.0.0", good)).Text);
        (await fhir.GetAsync($"ValueSet/$expand?url={Codes}")).Expect(OK);
        var made = (await fhir.PostAsync("Patient", good)).Expect(Created);
        await Indexed.CompleteAsync(fhir);
        Assert.Contains(made.Id, (await fhir.GetAsync("Patient?own-marital=a")).Expect(OK).Text);
        Assert.Contains("own", (await fhir.GetAsync("$packages")).Expect(OK).Text);

        // 2. Uninstalled: as if it had never been there.
        (await fhir.PostAsync("$uninstall-package?name=own&version=1.0.0", "")).Expect(OK);
        (await fhir.PostAsync($"Patient/$validate?profile={Url}", patient)).ExpectProblem(OK, "profile-unknown");
        (await fhir.GetAsync("Patient?own-marital=a")).Expect(BadRequest);
    }

    [TestMethod]
    public async Task The_folder_of_packages_is_installed_at_start()
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-packages-");
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "own-1.0.0.tgz"), Tarball());
        await using (var hub = await HubProcess.StartAsync(null, $"--Hub:PackageFolder={folder.FullName}"))
        {
            (await hub.Fhir.PostAsync($"Patient/$validate?profile={Url}", """{"resourceType":"Patient"}"""))
                .ExpectProblem(OK, "cardinality-min");
        }

        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task Nobody_installs_over_HTTP_unless_the_deployment_says_so()
    {
        var refused = await SharedHub.Fhir.SendAsync(
            HttpMethod.Post, "$install-package", Tarball(), ("Content-Type", "application/gzip"));
        refused.ExpectProblem(Forbidden, "Hub:AllowsPackages");
    }

    static byte[] Tarball()
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            Add("package.json", """{"name":"own","version":"1.0.0","fhirVersions":["4.0.1"]}""");
            Add(
                "StructureDefinition-own.json",
                """
                {"resourceType":"StructureDefinition","id":"own","url":"http://example.org/StructureDefinition/own",
                "version":"1.0.0","name":"Own","status":"active","kind":"resource","abstract":false,"type":"Patient",
                "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","derivation":"constraint",
                "differential":{"element":[{"id":"Patient.maritalStatus","path":"Patient.maritalStatus","min":1,
                "binding":{"strength":"required","valueSet":"http://example.org/ValueSet/own"}}]}}
                """);
            Add(
                "ValueSet-own.json",
                """
                {"resourceType":"ValueSet","id":"own","url":"http://example.org/ValueSet/own","version":"1.0.0",
                "name":"Own","status":"active","compose":{"include":[{"system":"urn:own","concept":[{"code":"a"}]}]}}
                """);
            Add(
                "SearchParameter-own.json",
                """
                {"resourceType":"SearchParameter","id":"own-marital","url":"http://example.org/SearchParameter/own-marital",
                "name":"Own","status":"active","description":"x","code":"own-marital","base":["Patient"],"type":"token",
                "expression":"Patient.maritalStatus"}
                """);
            void Add(string name, string json) => tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, "package/" + name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(json)),
                });
        }

        return stream.ToArray();
    }
}
