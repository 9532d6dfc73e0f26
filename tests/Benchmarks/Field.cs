using System.Globalization;

namespace FhirHub.Benchmarks;

/// <summary>
/// What others have published, beside our own figure of the same kind, both divided by the cores that made it.
/// </summary>
static class Field
{
    const string Read = "read by id";
    const string Crud = "create, read, update, delete over nine types";
    const string Import = "transactions of 100 entries";
    const string CrudPage =
        "https://aftermontaigne.org/medical-form-builder/open-source-benchmark-now-compares-4-fhir-servers-side-by-side";
    const string ImportPage =
        "https://healthyteameg.com/fhir-services/bundle-import-throughput-across-4-fhir-servers-what-the-numbers-show";
    const string Blaze = "https://github.com/samply/blaze/blob/main/docs/performance/";

    static readonly Published[] Figures =
    [
        new("reads a second", "Blaze", 48_868, 24, "2026-08", Blaze + "load-testing.md", Read),
        new("CRUD requests a second", "Aidbox", 5212, 8, "2026-06", CrudPage, Crud),
        new("CRUD requests a second", "HAPI FHIR", 3058, 8, "2026-06", CrudPage, Crud),
        new("CRUD requests a second", "Medplum", 1420, 8, "2026-06", CrudPage, Crud),
        new("CRUD requests a second", "Microsoft FHIR Server", 440, 8, "2026-06", CrudPage, Crud),
        new("imported resources a second", "Blaze", 10_108, 16, "2026-08", Blaze + "import.md", Import),
        new("imported resources a second", "Blaze on a desktop", 4146, 4, "2021", Blaze + "other.md", Import),
        new("imported resources a second", "Aidbox", 2678, 8, "2026-06", ImportPage, Import),
        new("imported resources a second", "HAPI FHIR", 2214, 8, "2026-06", ImportPage, Import),
        new("imported resources a second", "Medplum", 764, 8, "2026-06", ImportPage, Import),
        new("imported resources a second", "Microsoft FHIR Server", 448, 8, "2026-06", ImportPage, Import),
    ];

    internal static void Compare(Report report)
    {
        report.Remark(string.Create(CultureInfo.InvariantCulture, $"""

            ## Beside what others have published, per core

            Not a race: machines, data and durability differ, and nobody but them has run their side. Theirs count the
            cores, or the threads of the processor, that the server had; its database and the load had others. Ours
            ({Environment.ProcessorCount} cores) are shared by server, store and load; the data are the samples, and the
            store is small. The figures of the four servers come from one vendor's run of June 2026
            (https://healthsamurai.github.io/fhir-server-performance-benchmark/infrastructure/), as the pages below repeat
            them: take them as ± 10 %.

            | what | who | published | cores | per core | ours per core | when | source |
            |---|---|--:|--:|--:|--:|---|---|
            """));
        foreach (var figure in Figures)
        {
            report.Remark(
                $"| {figure.What} | {figure.Who} | {Report.Shown(figure.Value, "")}| {figure.Cores} "
                    + $"| {Report.Shown(figure.Value / figure.Cores, "")}| {Ours(report, figure)}| {figure.When} "
                    + $"| {figure.Source} |");
        }
    }

    static string Ours(Report report, Published figure) => report.Measured(figure.Counterpart) is { } measured
        ? Report.Shown(measured / Environment.ProcessorCount, "")
        : "not measured ";

    /// <param name="What">The kind of figure.</param>
    /// <param name="Who">Whose it is.</param>
    /// <param name="Value">The figure.</param>
    /// <param name="Cores">The cores, or threads of a processor, it was reached with.</param>
    /// <param name="When">When it was published or read.</param>
    /// <param name="Source">Where it stands.</param>
    /// <param name="Counterpart">Ours of the same kind.</param>
    sealed record Published(
        string What, string Who, double Value, int Cores, string When, string Source, string Counterpart);
}
