using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace FhirHub.Stores.Profiles;

/// <summary>A package as npm packs it, made of texts.</summary>
static class Tarball
{
    internal static MemoryStream Of(string manifest, params (string Path, string Json)[] files)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, json) in files.Prepend(("package/package.json", manifest)))
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(json)),
                });
            }
        }

        stream.Position = 0;
        return stream;
    }

    internal static string Manifest(string name, string version, string dependencies = "") =>
        "{\"name\":\"" + name + "\",\"version\":\"" + version + "\",\"fhirVersions\":[\"4.0.1\"],\"dependencies\":{"
        + dependencies + "}}";

    internal static string Profile(string url, string version, string required) =>
        "{\"resourceType\":\"StructureDefinition\",\"id\":\"own\",\"url\":\"" + url + "\",\"version\":\"" + version
        + "\",\"name\":\"Own\",\"status\":\"active\",\"kind\":\"resource\",\"abstract\":false,\"type\":\"Patient\","
        + "\"baseDefinition\":\"http://hl7.org/fhir/StructureDefinition/Patient\",\"derivation\":\"constraint\","
        + "\"differential\":{\"element\":[{\"id\":\"" + required + "\",\"path\":\"" + required + "\",\"min\":1}]}}";
}
