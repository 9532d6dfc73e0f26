using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Import;
using FhirHub.Terminology.Operations;

namespace FhirHub.Unit.Terminology.Import;

/// <summary>Tables of codes as hospitals have them.</summary>
[TestClass]
public sealed class CodeFileTests
{
    const string Table = "编码,名称,英文名称,上级编码,停用,类别\nO80,单胎顺产,Single delivery,,,\"产科,章\"\nO80.0,\"头位\"\"顺产\"\"\",,O80,是,\n";

    static readonly ImportRequest Request = new() { Url = "urn:table", Version = "2", IsComplete = true };

    [TestMethod]
    [DataRow("utf-8", "UTF-8")]
    [DataRow("gb18030", "GB18030")]
    [DataRow("utf-16", "UTF-16")]
    public void A_table_becomes_a_code_system_whatever_its_encoding(string encoding, string told)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var named = Encoding.GetEncoding(encoding);
        var (report, system) = Made([.. named.GetPreamble(), .. named.GetBytes(Table)], ".csv", Request with
        {
            Columns = new Dictionary<string, string> { ["类别"] = "property:class" },
        });
        Assert.AreEqual((told, 2, 2, 0), (report.Encoding, report.Rows, report.Codes, report.ProblemCount));
        Assert.AreEqual(("urn:table", "2", true), (system!.Url, system.Version, system.IsComplete));
        var first = ConceptDetails.Of(system, system.Find("O80"));
        Assert.AreEqual("单胎顺产", first.Entry.Display);
        Assert.AreEqual("Single delivery", first.DisplayIn("en"));
        Assert.Contains(new PropertyValue("class", "string", "产科,章"), first.Properties);
        var second = ConceptDetails.Of(system, system.Find("O80.0"));
        Assert.AreEqual(("头位\"顺产\"", true), (second.Entry.Display, second.Entry.IsInactive));
        Assert.IsTrue(system.Hierarchy.Subsumes(system.Find("O80"), system.Find("O80.0")));
    }

    [TestMethod]
    public void Objects_in_lines_are_a_table_too()
    {
        var (report, system) = Made("{\"code\":\"1\",\"display\":\"一\"}\n\n{\"display\":\"二\",\"code\":2}\n", ".ndjson");
        Assert.AreEqual(0, report.ProblemCount);
        Assert.AreEqual("一 二", string.Join(' ', system!.Displays));
    }

    [TestMethod]
    public void What_is_wrong_with_rows_is_told_with_the_lines()
    {
        const string Wrong = "code;name;parent\n1;a;\n1;b;\n;c;\n2;d\n3;e;9\n";
        var (report, system) = Made(Wrong, ".csv");
        Assert.IsNull(system);
        var text = report.ToString();
        foreach (var told in (string[])
        [
            "line 3: 1, first at line 2", "the code is missing", "line 4", "not 3 values", "line 5",
            "the parent is no code of the file", "line 6: 9",
        ])
        {
            Assert.Contains(told, text);
        }

        var (_, some) = Made(Wrong, ".csv", Request with { SkipsBadRows = true });
        Assert.AreEqual("1 3", string.Join(' ', some!.Codes));
    }

    [TestMethod]
    [DataRow("", "empty")]
    [DataRow("code,name\n", "No row")]
    [DataRow("a,b\n1,2\n", "known as the code")]
    [DataRow("code,编码\n1,2\n", "several columns")]
    [DataRow("code,name\n1,\"open\n2,b\n", "line 2 is never closed")]
    public void A_file_that_is_no_table_is_refused(string text, string told) =>
        Assert.Contains(told, Refusal(Encoding.UTF8.GetBytes(text), ".csv"));

    [TestMethod]
    public void Lines_that_are_no_text_or_no_object_are_named()
    {
        Assert.Contains("neither UTF-8, by line 2, nor GB18030, by line 2", Refusal([.. "code,name\n1,"u8, 0xFF, 0xFF, (byte)'\n'], ".csv"));
        Assert.Contains("Line 2", Refusal([.. "{\"code\":1}\n[1]\n"u8], ".ndjson"));
        Assert.Contains("Line 2: 'b'", Refusal([.. "{\"code\":1}\n{\"code\":2,\"b\":3}\n"u8], ".ndjson"));
        Assert.Contains("'b' is no simple", Refusal([.. "{\"code\":1,\"b\":{}}\n"u8], ".ndjson"));
    }

    [TestMethod]
    public void A_code_system_that_would_be_too_large_is_refused_on_the_way()
    {
        var rows = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"{i},name"));
        Assert.Contains("(Hub:BodyBytesMax)", Refusal(
            Encoding.UTF8.GetBytes("code,name\n" + rows), ".csv", Request with { BytesMax = 50_000 }));
    }

    static (ImportReport Report, CodeSystem? System) Made(string text, string extension, ImportRequest? request = null) =>
        Made(Encoding.UTF8.GetBytes(text), extension, request ?? Request);

    static (ImportReport Report, CodeSystem? System) Made(byte[] bytes, string extension, ImportRequest request)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.CreateVersion7() + extension);
        File.WriteAllBytes(path, bytes);
        try
        {
            var (report, made) = CodeImport.Read(path, path, request);
            return (report, made.Count > 0 ? CodeSystemReader.Read(FhirDocument.ParseJson(made[0].Json).Root) : null);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static string Refusal(byte[] bytes, string extension, ImportRequest? request = null) =>
        Assert.ThrowsExactly<FhirException>(() => Made(bytes, extension, request ?? Request)).Problem.Text;
}
