using System.Security.Cryptography;
using System.Text;
using System.Xml;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>
/// From files to resources: a table (CSV, NDJSON, XLSX), or a release of LOINC or SNOMED CT as it is published, in a
/// folder or a zip file.
/// </summary>
public static class CodeImport
{
    const int IdHashLength = 32;
    static ReadOnlySpan<byte> ZipMark => "PK\u0003\u0004"u8;

    /// <summary>The same for the same URL and version, so that importing again replaces.</summary>
    public static string IdOf(ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Url}|{request.Version}"));
        return "codes-" + Convert.ToHexStringLower(hash)[..IdHashLength];
    }

    /// <summary>Reads a file or folder; what makes it useless as a whole comes as an exception.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="name">What it was called, by whose end a table's format is known.</param>
    /// <param name="request">What it is to become.</param>
    public static ImportResult Read(string path, string name, ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return Directory.Exists(path) || IsZip(path)
                ? ReadPacked(path, name, request)
                : ReadText(path, name, Checked(request));
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or DecoderFallbackException)
        {
            throw new FhirException(ProblemKind.Invalid, "structure", $"The file cannot be read: {broken.Message}");
        }
    }

    static ImportResult ReadText(string path, string name, ImportRequest request)
    {
        var report = new ImportReport();
        var (reader, encoding) = TextFile.Open(path);
        using (reader)
        {
            report.Encoding = encoding;
            var rows = Path.GetExtension(name) is ".ndjson" or ".jsonl"
                ? new JsonRows(reader).Read()
                : new DelimitedRows(reader).Read();
            return CodeFile.Read(rows, request, report);
        }
    }

    static ImportResult ReadPacked(string path, string name, ImportRequest request)
    {
        using var files = ReleaseFiles.Open(path);
        if (files.Find("xl/workbook.xml") is not null)
        {
            var report = new ImportReport { Encoding = "XLSX" };
            return CodeFile.Read(new XlsxRows(files).Read(request.Sheet), Checked(request), report);
        }

        return LoincRelease.IsIn(files) ? LoincRelease.Read(files, name, request)
            : SnomedRelease.IsIn(files) ? SnomedRelease.Read(files, request)
            : throw new FhirException(
                ProblemKind.Invalid, "structure",
                "There is no table (xl/workbook.xml), no LOINC (Loinc.csv) and no SNOMED CT (sct2_Concept_Snapshot) in "
                    + "it; name the file itself if it is another.");
    }

    /// <summary>A table does not say what it is.</summary>
    static ImportRequest Checked(ImportRequest request) => request.Url.Length > 0
        ? request
        : throw new FhirException(
            ProblemKind.Invalid, "required",
            "A table needs the URL of the code system: --url <code system>, or 'url'.");

    static bool IsZip(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.SequenceEqual(ZipMark);
    }
}
