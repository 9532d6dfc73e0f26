using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>Files of codes as the body of CodeSystem/$import-codes.</summary>
[TestClass]
[DoNotParallelize] // one file is imported at a time
public sealed class ImportOperationTests
{
    readonly string _tag = Sample.Tag();

    static FhirClient Fhir => SharedHub.Fhir;

    string Url => $"urn:import:{_tag}";

    [TestMethod]
    public async Task A_table_is_looked_at_then_stored_for_its_owner_and_asked_about()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var table = Encoding.GetEncoding("gb18030").GetBytes("编码,名称\nPF,剖腹产\nSC,顺产\n");
        var query = $"url={Url}&version=1&owner=urn:orgs%7C{_tag}&complete=true";
        var tried = await ImportAsync(query + "&dry-run=true", table, "text/csv");
        Assert.AreEqual("2", Terms.Text(tried["codes"].Single()));
        Assert.AreEqual("false", Terms.Text(tried["stored"].Single()));
        Assert.Contains("GB18030", Terms.Text(tried["report"].Single()) ?? "");
        (await Fhir.GetAsync($"CodeSystem/$lookup?system={Url}&code=PF")).Expect(NotFound);

        var made = await ImportAsync(query, table, "text/csv");
        Assert.AreEqual("true", Terms.Text(made["stored"].Single()));
        Assert.Contains("剖腹产", (await Fhir.GetAsync($"CodeSystem/$lookup?system={Url}&code=PF")).Expect(OK).Text);
        var address = Terms.Part(made["resources"].Single(), "first");
        Assert.AreEqual(address, "CodeSystem/" + (await Fhir.GetAsync($"CodeSystem?context=urn:orgs%7C{_tag}")).Ids.Single());
    }

    [TestMethod]
    public async Task Objects_in_lines_are_known_by_their_media_type_and_a_draft_stays_one()
    {
        await ImportAsync($"url={Url}&draft=true", "{\"code\":\"1\",\"display\":\"一\"}\n"u8.ToArray(), "application/x-ndjson");
        Assert.AreEqual("draft", (await Fhir.GetAsync($"CodeSystem?url={Url}")).Entries.Single()["resource"]?["status"]?.ToString());
    }

    [TestMethod]
    public async Task A_release_of_LOINC_comes_as_the_zip_file_it_is()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "LoincTable/Loinc.csv", "\"LOINC_NUM\",\"LONG_COMMON_NAME\",\"STATUS\"\n\"1-1\",\"Invented\",\"ACTIVE\"\n");
            Add(archive, "AccessoryFiles/AnswerFile/AnswerList.csv", string.Concat(
                "AnswerListId,AnswerListName,AnswerListOID,AnswerStringId,SequenceNumber,DisplayText\n",
                Enumerable.Range(1, 250).Select(i => $"LL{i}-{_tag},List {i},,LA{i},1,Answer {i}\n").Aggregate(string.Concat)));
        }

        var made = await ImportAsync($"url={Url}&version=0.1", zip.ToArray(), "application/zip");
        Assert.AreEqual("1 250", string.Join(' ', made["resources"].Select(one => Terms.Part(one, "count"))));
        var list = await Fhir.GetAsync($"ValueSet/$expand?url=http://loinc.org/vs/LL250-{_tag}");
        Assert.AreEqual("LA250", Terms.Codes(list));
    }

    [TestMethod]
    public async Task What_cannot_be_imported_is_refused_in_words()
    {
        await RefusedAsync($"url={Url}", "code,name\n1,a\n1,b\n"u8, UnprocessableEntity, "first at line 2");
        await RefusedAsync($"url={Url}", [.. "code\n"u8, 0xFF, 0xFF], BadRequest, "neither UTF-8");
        await RefusedAsync($"url={Url}", [], BadRequest, "file as its body");
        await RefusedAsync("version=1", "code\n1\n"u8, BadRequest, "url");
        await RefusedAsync($"url={Url}&columns=x", "code\n1\n"u8, BadRequest, "'columns'");
        await RefusedAsync($"url={Url}&owner=x", "code\n1\n"u8, BadRequest, "'owner'");
        await RefusedAsync($"url={Url}&dry-run=maybe", "code\n1\n"u8, BadRequest, "'dry-run'");
        await RefusedAsync($"url={Url}&nonsense=1", "code\n1\n"u8, BadRequest, "'nonsense'");
        await RefusedAsync($"url={Url}", "PK\u0003\u0004broken"u8, BadRequest, "cannot be read");
        Assert.IsEmpty((await Fhir.GetAsync($"CodeSystem?url={Url}")).Entries);
    }

    static async Task<ILookup<string, JsonNode>> ImportAsync(string query, byte[] file, string mediaType)
    {
        var answer = await Fhir.SendAsync(
            HttpMethod.Post, $"CodeSystem/$import-codes?{query}", file, ("Content-Type", mediaType));
        return ((JsonArray?)answer.Expect(OK).Json["parameter"] ?? [])
            .OfType<JsonNode>().ToLookup(one => one["name"]?.ToString() ?? "");
    }

    static Task RefusedAsync(
        string query, ReadOnlySpan<byte> file, System.Net.HttpStatusCode status, string why) =>
        RefusedAsync(query, file.ToArray(), status, why);

    static async Task RefusedAsync(string query, byte[] file, System.Net.HttpStatusCode status, string why)
    {
        var answer = await Fhir.SendAsync(
            HttpMethod.Post, $"CodeSystem/$import-codes?{query}", file, ("Content-Type", "text/csv"));
        answer.ExpectProblem(status, why);
    }

    static void Add(ZipArchive archive, string path, string text)
    {
        using var stream = archive.CreateEntry(path).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
