using System.Text;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>The command import-codes, beside a running server and on a store that nobody serves.</summary>
[TestClass]
public sealed class ImportCodesTests
{
    [TestMethod]
    public async Task A_table_is_looked_at_then_stored_and_asked_about()
    {
        await using var hub = await HubProcess.StartAsync(null, "--empty");
        var file = Path.Combine(hub.Folder, "icd.csv");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await File.WriteAllTextAsync(file, "诊断编码,诊断名称\nO80.000,头位顺产\nO80.000x001,单胎顺产\n", Encoding.GetEncoding("gb18030"));
        string[] command = ["import-codes", file, "--url", "urn:icd", "--version=2.0", "--data", hub.Folder];

        var (code, output) = await HubCommand.RunAsync([.. command, "--dry-run"]);
        Assert.AreEqual(0, code, output);
        Assert.Contains("GB18030, 2 rows, 2 codes", output);
        (await hub.Fhir.GetAsync("CodeSystem/$lookup?system=urn:icd&code=O80.000")).Expect(NotFound);

        (code, output) = await HubCommand.RunAsync(command);
        Assert.AreEqual(0, code, output);
        var found = (await hub.Fhir.GetAsync("CodeSystem/$lookup?system=urn:icd&code=O80.000&version=2.0")).Expect(OK);
        Assert.Contains("头位顺产", found.Text);
        Assert.Contains("O80.000x001", (await hub.Fhir.GetAsync("ValueSet/$expand?url=urn:icd%3Ffhir_vs&filter=dtsc&count=9")).Text);

        // For another tenant: nobody else sees it.
        (code, output) = await HubCommand.RunAsync([.. command, "--tenant", "other", "--version=other"]);
        Assert.AreEqual(0, code, output);
        (await hub.Fhir.GetAsync("CodeSystem/$lookup?system=urn:icd&code=O80.000&version=other")).Expect(NotFound);

        // Again, with a correction: it takes the place of the first.
        await File.WriteAllTextAsync(file, "诊断编码,诊断名称\nO80.000,头位分娩\n");
        (code, output) = await HubCommand.RunAsync(command);
        Assert.AreEqual(0, code, output);
        Assert.Contains("version 2", output);
        Assert.Contains("头位分娩", (await hub.Fhir.GetAsync("CodeSystem/$lookup?system=urn:icd&code=O80.000")).Text);
    }

    [TestMethod]
    public async Task What_the_server_says_against_it_is_told_and_not_taken_for_no_server()
    {
        await using var hub = await HubProcess.StartAsync(null, "--empty", "--Hub:BodyBytesMax=2000");
        // So large that the server has closed long before all of it could be sent.
        var file = Path.Combine(hub.Folder, "large.csv");
        var rows = Enumerable.Range(0, 200_000).Select(i => $"{i},name {i}");
        await File.WriteAllLinesAsync(file, rows.Prepend("code,name"));
        var (code, output) = await HubCommand.RunAsync("import-codes", file, "--url", "urn:large", "--data", hub.Folder);
        Assert.AreEqual(3, code, output);
        Assert.Contains("answered 413", output);
    }

    [TestMethod]
    public async Task Bad_rows_store_nothing_and_a_store_need_not_be_served()
    {
        string folder;
        await using (var hub = await HubProcess.StartAsync(null, "--empty"))
        {
            folder = Directory.CreateTempSubdirectory("fhirhub-import-").FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "bad.csv"), "code,name\n1,a\n1,b\n");
            var bad = Path.Combine(folder, "bad.csv");
            var (code, output) = await HubCommand.RunAsync("import-codes", bad, "--url", "urn:bad", "--data", hub.Folder);
            Assert.AreEqual(1, code, output);
            Assert.Contains("first at line 2", output);
            var stored = (await hub.Fhir.GetAsync("CodeSystem?url=urn:bad&_summary=count")).Expect(OK);
            Assert.AreEqual("0", stored.Json["total"]?.ToString());
            (code, output) = await HubCommand.RunAsync("import-codes", bad, "--data", hub.Folder);
            Assert.AreEqual(2, code, output);
            Assert.Contains("--url", output);
        }

        var store = Directory.CreateDirectory(Path.Combine(folder, "store")).FullName;
        await using (await HubProcess.StartAsync(store, "--empty"))
        {
            // Only so that there is a store.
        }

        var (exit, told) = await HubCommand.RunAsync(
            "import-codes", Path.Combine(folder, "bad.csv"), "--url", "urn:bad", "--skip-bad-rows", "--data", store);
        Assert.AreEqual(0, exit, told);
        await using (var hub = await HubProcess.StartAsync(store))
        {
            Assert.Contains("\"a\"", (await hub.Fhir.GetAsync("CodeSystem/$lookup?system=urn:bad&code=1")).Expect(OK).Text);
        }

        Directory.Delete(folder, recursive: true);
    }
}
