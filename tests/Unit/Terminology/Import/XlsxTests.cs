using FhirHub.Terminology.Import;

namespace FhirHub.Unit.Terminology.Import;

/// <summary>Workbooks of Excel, as their parts stand in the zip file.</summary>
[TestClass]
public sealed class XlsxTests
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    static readonly ImportRequest Request = new() { Url = "urn:x" };

    [TestMethod]
    public void Shared_inline_and_number_cells_with_gaps_become_codes()
    {
        using var book = Book("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>上级编码</t></is></c></row>
            <row r="2"><c r="A2"><v>10</v></c><c r="B2" t="s"><v>2</v></c></row>
            <row r="3"/>
            <row r="4"><c r="A4"><v>1.1E1</v></c><c r="C4" t="n"><v>10</v></c><c r="E4"/></row>
            <row r="5"><c r="A5" t="str"><v>A1</v></c><c r="B5" t="b"><v>1</v></c></row>
            """);
        var result = book.Read(Request, "codes.xlsx");
        Assert.AreEqual(0, result.Report.ProblemCount, result.Report.ToString());
        var system = Package.System(result);
        Assert.AreEqual("10 11 A1", string.Join(' ', system.Codes));
        Assert.AreEqual("头位顺产, ,true", string.Join(',', system.Displays.Select(one => one ?? " ")));
        Assert.IsTrue(system.Hierarchy.Subsumes(0, 1));
    }

    [TestMethod]
    public void Another_sheet_is_named_and_rows_keep_their_numbers()
    {
        using var book = Book("""<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>""")
            .Add("xl/worksheets/other.xml", Sheet("""
                <row r="7"><c r="A7" t="inlineStr"><is><t>code</t></is></c></row>
                <row r="9"><c r="A9"><v>1</v></c></row><row r="12"><c r="A12"><v>1</v></c></row>
                """));
        Assert.Contains("line 12: 1, first at line 9", book.Read(Request with { Sheet = "第二" }, "a.xlsx").Report.ToString());
        Assert.Contains("第一, 第二", book.Refusal(Request with { Sheet = "third" }, "a.xlsx"));
        Assert.Contains("No row", book.Refusal(Request, "a.xlsx"));
        Assert.Contains("--url", book.Refusal(Request with { Url = "" }, "a.xlsx"));
    }

    [TestMethod]
    [DataRow("""<row r="1"><c r="A1" t="s"><v>99</v></c></row>""", "shared text 99")]
    [DataRow("""<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>""", "A1 is not where")]
    [DataRow("""<row r="1"><c r="ZZZZ1"><v>1</v></c></row>""", "ZZZZ1")]
    [DataRow("""<row r="1"><c""", "cannot be read")]
    public void A_workbook_that_is_broken_is_refused_in_words(string rows, string told)
    {
        using var book = Book(rows);
        Assert.Contains(told, book.Refusal(Request, "a.xlsx"));
    }

    [TestMethod]
    public void A_cell_that_unpacks_to_more_than_memory_is_refused_on_the_way()
    {
        var endless = new string('1', 2_000_000);
        using var number = Book($"""<row r="1"><c r="A1"><v>{endless}</v></c></row>""");
        Assert.Contains("million characters", number.Refusal(Request, "a.xlsx"));
        using var inline = Book($"""<row r="1"><c r="A1" t="inlineStr"><is><t>{endless}</t></is></c></row>""");
        Assert.Contains("million characters", inline.Refusal(Request, "a.xlsx"));
        using var release = new Package().Add("sct2_Concept_Snapshot_INT_20260101.txt", endless);
        Assert.Contains("does not end", release.Refusal(Request, "sct.zip"));
    }

    [TestMethod]
    public void Document_types_and_other_zip_files_are_refused()
    {
        using var evil = Book("").Add(
            "xl/worksheets/sheet1.xml", """<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>""");
        Assert.Contains("cannot be read", evil.Refusal(Request, "a.xlsx"));
        using var other = new Package().Add("readme.txt", "nothing");
        Assert.Contains("no table", other.Refusal(Request, "a.zip"));
    }

    static Package Book(string rows) => new Package()
        .Add("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="第一" sheetId="1" r:id="rId1"/>
            <sheet name="第二" sheetId="2" r:id="rId2"/></sheets></workbook>
            """)
        .Add("xl/_rels/workbook.xml.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="x" Target="/xl/worksheets/other.xml"/></Relationships>
            """)
        .Add("xl/sharedStrings.xml", $"""
            <sst xmlns="{Main}"><si><t>编码</t></si><si><r><t>名</t></r><r><t>称</t></r></si>
            <si><t xml:space="preserve"> 头位顺产</t><rPh sb="0" eb="1"><t>tou</t></rPh></si></sst>
            """)
        .Add("xl/worksheets/sheet1.xml", Sheet(rows));

    static string Sheet(string rows) => $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""";
}
