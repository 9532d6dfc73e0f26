using FhirHub.Fhir.Documents;
using FhirHub.Unit.Tidy;

namespace FhirHub.Unit.Samples;

/// <summary>The committed region, read once. Besides the sources it is all that unit tests read.</summary>
static class RegionFiles
{
    static readonly Lazy<IReadOnlyDictionary<string, byte[]>> LoadedFiles = new(() =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "samples", "region"), "*.ndjson")
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllBytes));

    static readonly Lazy<IReadOnlyList<FhirDocument>> LoadedDocuments = new(() =>
        [.. Files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => Parse(file.Value))]);

    /// <summary>The bytes by resource type.</summary>
    internal static IReadOnlyDictionary<string, byte[]> Files => LoadedFiles.Value;

    internal static IReadOnlyList<FhirDocument> Documents => LoadedDocuments.Value;

    internal static IReadOnlyList<FhirNode> Of(string type) =>
        [.. Documents.Where(d => d.Type.Name == type).Select(d => d.Root)];

    /// <summary>Observations by the code they carry.</summary>
    internal static IReadOnlyList<FhirNode> Observed(string loinc) =>
        [.. Of("Observation").Where(o => o.At("code.coding.code").Text == loinc)];

    /// <summary>The values of a measured quantity, in the one unit all of them must have.</summary>
    internal static IReadOnlyList<decimal> Values(string loinc, string unit, Func<FhirNode, bool>? where = null)
    {
        var values = new List<decimal>();
        foreach (var observation in Observed(loinc).Where(where ?? (_ => true)))
        {
            Assert.AreEqual(unit, observation.At("valueQuantity.code").Text);
            values.Add(Number(observation.At("valueQuantity.value")));
        }

        Assert.IsNotEmpty(values, loinc);
        return values;
    }

    /// <summary>The values of what is measured as a part of other observations, in the one unit it must have.</summary>
    internal static IReadOnlyList<decimal> Components(string loinc, string unit)
    {
        var parts = Of("Observation").SelectMany(o => o.All("component"))
            .Where(c => c.At("code.coding.code").Text == loinc).ToList();
        Assert.IsNotEmpty(parts, loinc);
        Assert.IsTrue(parts.All(c => c.At("valueQuantity.code").Text == unit));
        return [.. parts.Select(c => Number(c.At("valueQuantity.value")))];
    }

    internal static decimal Number(FhirNode node) =>
        decimal.Parse(node.Text ?? "", System.Globalization.CultureInfo.InvariantCulture);

    internal static DateOnly Date(FhirNode node) =>
        DateOnly.ParseExact((node.Text ?? "")[..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static IEnumerable<FhirDocument> Parse(byte[] file)
    {
        var rest = file.AsMemory();
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            Assert.IsGreaterThan(0, end, "every line holds a resource and ends");
            yield return FhirDocument.ParseJson(rest[..end]);
            rest = rest[(end + 1)..];
        }
    }
}
