using FhirHub.Core.Model;
using FhirHub.Profiles.Packages;

namespace FhirHub.Stores.Profiles;

/// <summary>Packages in a folder: installed, found, kept over a restart, uninstalled.</summary>
[TestClass]
public sealed class PackageFolderTests
{
    const string Url = "http://example.org/StructureDefinition/own";
    readonly string _folder = Directory.CreateTempSubdirectory("fhirhub-packages-").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task A_definition_is_found_by_its_canonical_URL_with_its_snapshot_made()
    {
        using var packages = new PackageFolder(_folder);
        var report = await InstallAsync(packages, "own", "1.0.0", "Patient.name");
        Assert.IsTrue(report.IsNew);
        Assert.AreEqual(1, report.Definitions);
        var found = packages.Find("StructureDefinition", Url);
        Assert.AreEqual("1.0.0", found?.Root.First("version").Text);
        var elements = found?.Root.First("snapshot")["element"].ToList() ?? [];
        Assert.AreEqual("1", elements.Single(e => e.First("id").Text == "Patient.name").First("min").Text);
        Assert.IsNull(packages.Find("ValueSet", Url), "a canonical URL is of one type");
    }

    [TestMethod]
    public async Task Versions_stand_side_by_side_and_the_latest_counts_where_none_is_named()
    {
        using var packages = new PackageFolder(_folder);
        await InstallAsync(packages, "own", "1.10.0", "Patient.name");
        await InstallAsync(packages, "own", "1.9.0", "Patient.gender");
        Assert.AreEqual("1.10.0", Version(packages, Url));
        Assert.AreEqual("1.9.0", Version(packages, Url + "|1.9.0"));
        Assert.IsNull(Version(packages, Url + "|2.0.0"));
        await packages.UninstallAsync("own", "1.10.0", CancellationToken.None);
        Assert.AreEqual("1.9.0", Version(packages, Url));
    }

    [TestMethod]
    public async Task A_restart_finds_what_was_installed_without_the_tarball()
    {
        using (var packages = new PackageFolder(_folder))
        {
            await InstallAsync(packages, "own", "1.0.0", "Patient.name");
        }

        using var again = new PackageFolder(_folder);
        Assert.AreEqual("own#1.0.0", again.Packages.Single().Key);
        Assert.AreEqual("1.0.0", Version(again, Url));
    }

    [TestMethod]
    public async Task Installing_what_is_there_changes_nothing()
    {
        using var packages = new PackageFolder(_folder);
        await InstallAsync(packages, "own", "1.0.0", "Patient.name");
        Assert.IsFalse((await InstallAsync(packages, "own", "1.0.0", "Patient.gender")).IsNew);
        Assert.HasCount(1, packages.Packages);
    }

    [TestMethod]
    public async Task What_others_rest_on_stays()
    {
        using var packages = new PackageFolder(_folder);
        await InstallAsync(packages, "base", "1.0.0", "Patient.name");
        await packages.InstallAsync(
            Tarball.Of(Tarball.Manifest("top", "1.0.0", "\"base\":\"1.0.x\"")), CancellationToken.None);
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(
            async () => await packages.UninstallAsync("base", "1.0.0", CancellationToken.None));
        Assert.AreEqual(ProblemKind.Conflict, refused.Problem.Kind);
        Assert.Contains("top#1.0.0", refused.Problem.Text);
        Assert.IsTrue(await packages.UninstallAsync("top", "1.0.0", CancellationToken.None));
        Assert.IsTrue(await packages.UninstallAsync("base", "1.0.0", CancellationToken.None));
        Assert.IsFalse(await packages.UninstallAsync("base", "1.0.0", CancellationToken.None));
        Assert.IsEmpty(Directory.GetFiles(_folder));
    }

    [TestMethod]
    public async Task What_a_package_rests_on_comes_from_the_folder_of_packages()
    {
        var source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;
        const string Base = "http://example.org/StructureDefinition/base";
        await File.WriteAllBytesAsync(
            Path.Combine(source, "base-1.0.0.tgz"),
            Tarball.Of(
                Tarball.Manifest("base", "1.0.0", "\"hl7.fhir.r4.core\":\"4.0.1\",\"absent\":\"1.0.0\""),
                ("package/StructureDefinition-base.json", Tarball.Profile(Base, "1.0.0", "Patient.name"))).ToArray());
        using var packages = new PackageFolder(Path.Combine(_folder, "installed"));
        var installer = new PackageInstaller(packages, source, usesNpm: false);
        var top = Tarball.Of(
            Tarball.Manifest("top", "1.0.0", "\"base\":\"1.0.0\""),
            ("package/StructureDefinition-own.json", Tarball.Profile(Url, "1.0.0", "Patient.gender")
                .Replace("http://hl7.org/fhir/StructureDefinition/Patient", Base, StringComparison.Ordinal)));
        var reports = await installer.InstallAsync(top.ToArray(), CancellationToken.None);
        Assert.AreEqual("base#1.0.0 top#1.0.0", string.Join(' ', reports.Select(r => r.Manifest.Key)));
        Assert.AreEqual("absent#1.0.0", string.Join(' ', reports[0].Missing), "what R4 itself is, is built in");
        Assert.IsEmpty(reports[1].Problems, string.Join('\n', reports[1].Problems));
        var snapshot = packages.Find("StructureDefinition", Url)?.Root.First("snapshot")["element"].ToList() ?? [];
        Assert.AreEqual("1", snapshot.Single(e => e.First("id").Text == "Patient.name").First("min").Text);
    }

    [TestMethod]
    public async Task A_broken_profile_is_told_by_file_and_element_and_keeps_nothing_else_back()
    {
        using var packages = new PackageFolder(_folder);
        var report = await packages.InstallAsync(
            Tarball.Of(
                Tarball.Manifest("own", "1.0.0"),
                ("package/StructureDefinition-own.json", Tarball.Profile(Url, "1.0.0", "Patient.nonsense")),
                ("package/other.json", "{\"no\":\"resource\"}"),
                ("package/example/Patient-1.json", "{\"resourceType\":\"Patient\",\"id\":\"1\"}")),
            CancellationToken.None);
        Assert.Contains("StructureDefinition-own.json: Patient.nonsense", report.Problems.Single());
        Assert.AreEqual((1, 1), (report.Definitions, report.Examples));
        Assert.AreEqual("1", packages.Examples("own", "1.0.0").Single().Root.First("id").Text);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("not a tarball at all")]
    public async Task What_is_no_package_is_refused(string content)
    {
        using var packages = new PackageFolder(_folder);
        var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(
            async () => await packages.InstallAsync(stream, CancellationToken.None));
        Assert.AreEqual(ProblemKind.Invalid, refused.Problem.Kind);
    }

    [TestMethod]
    [DataRow("../../outside", "1.0.0")]
    [DataRow("own", "1/../../outside")]
    [DataRow(".hidden", "1.0.0")]
    public async Task A_name_that_leads_out_of_the_folder_is_refused(string name, string version)
    {
        using var packages = new PackageFolder(_folder);
        await Assert.ThrowsExactlyAsync<FhirException>(
            async () => await InstallAsync(packages, name, version, "Patient.name"));
        Assert.IsEmpty(Directory.GetFiles(_folder));
    }

    [TestMethod]
    public async Task A_package_for_another_FHIR_is_refused()
    {
        using var packages = new PackageFolder(_folder);
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(async () => await packages.InstallAsync(
            Tarball.Of("""{"name":"own","version":"1.0.0","fhirVersions":["5.0.0"]}"""), CancellationToken.None));
        Assert.AreEqual(ProblemKind.Unprocessable, refused.Problem.Kind);
    }

    static async Task<PackageReport> InstallAsync(PackageFolder packages, string name, string version, string required) =>
        await packages.InstallAsync(
            Tarball.Of(
                Tarball.Manifest(name, version),
                ("package/StructureDefinition-own.json", Tarball.Profile(Url, version, required))),
            CancellationToken.None);

    static string? Version(PackageFolder packages, string canonical) =>
        packages.Find("StructureDefinition", canonical)?.Root.First("version").Text;
}
