using System.Globalization;
using System.Text;
using System.Xml;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>
/// The rows of a sheet of an Excel workbook (ECMA-376, SpreadsheetML), one after the other; what is held are the texts
/// that cells share. A number is taken as it is stored: what a format makes of it is not seen.
/// </summary>
sealed class XlsxRows(ReleaseFiles files)
{
    const long SharedCharactersMax = 64L * 1024 * 1024;
    const long DocumentCharactersMax = 1_000_000_000;
    const int ColumnsMax = 16_384;
    const int CellCharactersMax = 1024 * 1024;

    /// <param name="sheet">The name of the sheet; null for the first.</param>
    internal IEnumerable<Row> Read(string? sheet)
    {
        var path = PathOf(sheet);
        var shared = SharedTexts();
        using var xml = Open(path);
        var width = 0;
        while (Next(xml, "row"))
        {
            var line = long.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) ? number : 0;
            var values = Cells(xml, shared);
            if (values.TrueForAll(value => value.Length == 0))
            {
                continue;
            }

            // Cells at the end that are empty may be missing.
            width = width == 0 ? values.Count : width;
            while (values.Count < width)
            {
                values.Add("");
            }

            while (values.Count > width && values[^1].Length == 0)
            {
                values.RemoveAt(values.Count - 1);
            }

            yield return new Row(line, values);
        }
    }

    static List<string> Cells(XmlReader row, List<string> shared)
    {
        var values = new List<string>();
        if (row.IsEmptyElement)
        {
            return values;
        }

        using var cells = row.ReadSubtree();
        cells.Read();
        while (Next(cells, "c"))
        {
            var column = ColumnOf(cells.GetAttribute("r"), values.Count);
            while (values.Count < column)
            {
                values.Add("");
            }

            values.Add(ValueOf(cells, shared).Trim());
        }

        return values;
    }

    static string ValueOf(XmlReader cells, List<string> shared)
    {
        var type = cells.GetAttribute("t");
        if (cells.IsEmptyElement)
        {
            return "";
        }

        using var cell = cells.ReadSubtree();
        cell.Read();
        if (type == "inlineStr")
        {
            return TextOf(cell);
        }

        var value = Next(cell, "v") && !cell.IsEmptyElement && cell.Read() ? Chunks(cell, new StringBuilder()) : "";
        return type switch
        {
            "s" => int.TryParse(value, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < shared.Count
                ? shared[at]
                : throw Broken($"A cell names the shared text {value}, which is not there."),
            "b" => value == "1" ? "true" : "false",
            "n" or null => NumberOf(value),
            _ => value,
        };
    }

    /// <summary>Codes that look like numbers come as 1E2 or 100.0 when a program wrote them.</summary>
    static string NumberOf(string value) =>
        value.AsSpan().ContainsAny('E', 'e', '.')
        && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : value;

    /// <summary>The texts of all runs, without the marks of how Chinese is read.</summary>
    static string TextOf(XmlReader element)
    {
        var text = new StringBuilder();
        for (var isOn = element.Read(); isOn; isOn = element.Read())
        {
            while (element is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
            {
                element.Skip();
            }

            if (element is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false })
            {
                element.Read();
                Chunks(element, text);
            }
        }

        return text.ToString();
    }

    /// <summary>Adds a text part by part, for what is packed may be longer than memory.</summary>
    static string Chunks(XmlReader xml, StringBuilder text)
    {
        if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace
            or XmlNodeType.Whitespace))
        {
            return text.ToString();
        }

        var part = new char[4096];
        for (int count; (count = xml.ReadValueChunk(part, 0, part.Length)) > 0;)
        {
            text.Append(part, 0, count);
            if (text.Length > CellCharactersMax)
            {
                throw Broken("A cell has more than a million characters.");
            }
        }

        return text.ToString();
    }

    List<string> SharedTexts()
    {
        var texts = new List<string>();
        if (files.Find("xl/sharedStrings.xml") is not { } path)
        {
            return texts;
        }

        var characters = 0L;
        using var xml = Open(path);
        while (Next(xml, "si"))
        {
            using var one = xml.ReadSubtree();
            var text = TextOf(one);
            texts.Add(text);
            characters += text.Length;
            if (characters > SharedCharactersMax)
            {
                throw Broken("Its texts are too long to be held; save the sheet as CSV.");
            }
        }

        return texts;
    }

    string PathOf(string? sheet)
    {
        var sheets = new List<(string Name, string Id)>();
        using (var workbook = Open("xl/workbook.xml"))
        {
            while (Next(workbook, "sheet"))
            {
                const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
                sheets.Add((workbook.GetAttribute("name") ?? "", workbook.GetAttribute("id", Relations) ?? ""));
            }
        }

        var (name, id) = sheets.Find(one => sheet is null || one.Name == sheet);
        if (name is null)
        {
            throw new FhirException(
                ProblemKind.Invalid, "value",
                $"There is no sheet '{sheet}'; there are {string.Join(", ", sheets.Select(one => one.Name))}.");
        }

        using var relations = Open("xl/_rels/workbook.xml.rels");
        while (Next(relations, "Relationship"))
        {
            if (relations.GetAttribute("Id") == id && relations.GetAttribute("Target") is { } target)
            {
                return target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }

        throw Broken($"It does not say where the sheet '{name}' is.");
    }

    XmlReader Open(string path) => XmlReader.Create(
        files.Read(files.Find(path) ?? throw Broken($"{path} is missing.")),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = true,
            MaxCharactersInDocument = DocumentCharactersMax,
        });

    /// <summary>Goes on to the next element of that name; false at the end.</summary>
    static bool Next(XmlReader xml, string name)
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which column a reference such as AB12 is in, from 0.</summary>
    static int ColumnOf(string? reference, int next)
    {
        if (string.IsNullOrEmpty(reference))
        {
            return next;
        }

        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + (letter - 'A' + 1);
            if (column > ColumnsMax)
            {
                throw Broken($"There can be no cell {reference}.");
            }
        }

        return column - 1 < next ? throw Broken($"The cell {reference} is not where it should be.") : column - 1;
    }

    static FhirException Broken(string text) =>
        new(ProblemKind.Invalid, "structure", $"The workbook cannot be read: {text}");
}
