using System.IO.Compression;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Import;

namespace FhirHub.Unit.Terminology.Import;

/// <summary>Files as somebody publishes them, in a folder or a zip file that goes with it.</summary>
sealed class Package : IDisposable
{
    internal static readonly ImportRequest Request = new() { Url = "" };

    readonly string _folder = Directory.CreateTempSubdirectory("fhirhub-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal Package Add(string path, params string[] lines)
    {
        var file = Path.Combine(_folder, "content", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
        File.WriteAllText(file, string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        return this;
    }

    internal ImportResult Read(ImportRequest request, string? zip = null)
    {
        var path = Path.Combine(_folder, "content");
        if (zip is not null)
        {
            var packed = Path.Combine(_folder, zip);
            File.Delete(packed);
            ZipFile.CreateFromDirectory(path, packed);
            path = packed;
        }

        return CodeImport.Read(path, path, request);
    }

    internal string Refusal(ImportRequest request, string? zip = null) =>
        Assert.ThrowsExactly<FhirException>(() => Read(request, zip)).Problem.Text;

    internal static CodeSystem System(ImportResult result) => CodeSystemReader.Read(
        FhirDocument.ParseJson(result.Resources.Single(one => one.Type == "CodeSystem").Json).Root);
}
