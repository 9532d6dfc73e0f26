using System.Globalization;
using System.Text;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Host.Upkeep;

/// <summary>The check of a store, in words.</summary>
static class StoreVerdict
{
    internal static async Task<string> OfAsync(
        SqliteStorage storage, SearchCatalogs catalogs, CancellationToken cancel)
    {
        var report = await storage.CheckAsync(
            resource =>
            {
                var extractor = catalogs.Of(resource.Key.Tenant).Extractor;
                var values = extractor.Extract(FhirDocument.ParseJson(resource.Json)).Entries;
                return (values, Compartments.Of(resource.Key, values));
            },
            cancel);
        var text = new StringBuilder().Append(report.Problems.Count == 0 ? UpkeepRoutes.Fine : UpkeepRoutes.Found)
            .AppendLine(CultureInfo.InvariantCulture,
                $"{report.Versions} versions and the index of {report.Resources} resources read, "
                + $"{(report.Problems.Count == 0 ? "nothing" : "this")} is wrong");
        foreach (var problem in report.Problems)
        {
            var where = problem.Key is { } key ? $"{key} version {problem.Version}: " : "";
            text.Append("  ").Append(where).AppendLine(problem.Text);
        }

        return text.ToString();
    }
}
