using System.Diagnostics;
using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles;
using FhirHub.Profiles.Library;
using FhirHub.Storage.Sql.Sqlite;
using FhirHub.Terminology;

namespace FhirHub.Benchmarks;

/// <summary>
/// Full validation, terminology included, of single resources on one thread, with everything warm; and what it costs
/// writes.
/// </summary>
static class ValidatorBenchmark
{
    const double PerSecondMin = 4_000;
    const double FirstMillisecondsMax = 300;
    const double WriteRatioMin = 0.6;
    const int FlatValidations = 10_000_000;
    const int Rounds = 5;
    const double RoundSeconds = 2;
    const int OffPort = 18_741;
    const int EnforcePort = 18_742;
    const string Ready = "/health/ready";
    const string BloodPressure = "http://hl7.org/fhir/StructureDefinition/bp";

    internal static async Task RunAsync(Report report)
    {
        report.Section("Validation: one core, profiles and terminology warm");
        var files = Corpus.Load();
        using var world = new World();
        foreach (var (what, file, profile) in new[]
        {
            ("Patient against R4", "Patient-example.json", null),
            ("Observation against bp", "Observation-blood-pressure.json", BloodPressure),
            ("Patient against a profile of its own", "Patient-example.json", World.PatientProfile),
        })
        {
            var json = files.Find(f => f.Name == file).Json;
            var document = FhirDocument.ParseJson(json);
            var timing = new PairedTiming().Compare(
                () => world.Validate(document, profile),
                () => world.Validate(FhirDocument.ParseJson(json), profile));
            report.AtLeast(what, 1 / timing[0].Seconds, PerSecondMin, "/s");
            report.AtLeast($"{what}, parse included", 1 / timing[1].Seconds, PerSecondMin, "/s");
            report.Note(
                $"{what}: allocated", PairedTiming.Allocated(() => world.Validate(document, profile)) / 1024.0, "KiB");
        }

        First(report);
        await WritesAsync(report);
        Flat(report, world, FhirDocument.ParseJson(files.Find(f => f.Name == "Patient-example.json").Json));
    }

    /// <summary>What a fresh process takes from the parsed resource to its report; prints the milliseconds.</summary>
    internal static void MeasureFirst()
    {
        var json = Corpus.Load().Find(f => f.Name == "Patient-example.json").Json;
        using var world = new World();
        var document = FhirDocument.ParseJson(json);
        var watch = Stopwatch.StartNew();
        world.Validate(document, null);
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Creates with validation enforced against creates without, two servers taking turns.</summary>
    static async Task WritesAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-bench-").FullName;
        using (await ServerProcess.HubAsync(Path.Combine(folder, "off"), OffPort, Ready, ""))
        using (await ServerProcess.HubAsync(
            Path.Combine(folder, "enforce"), EnforcePort, Ready, "", "--Hub:Validation=enforce"))
        {
            var number = 0;
            ReadOnlyMemory<byte> Next(LoadClient client, int _, int status) =>
                LoadClient.Request("POST", "/fhir/Observation", ServerSamples.Observation(number++));
            await Load.RunAsync(OffPort, RoundSeconds, Next);
            await Load.RunAsync(EnforcePort, RoundSeconds, Next);
            var rounds = new List<(Load Off, Load Enforce)>();
            for (var i = 0; i < Rounds; i++)
            {
                rounds.Add((
                    await Load.RunAsync(OffPort, RoundSeconds, Next),
                    await Load.RunAsync(EnforcePort, RoundSeconds, Next)));
            }

            var ratio = Median(rounds.Select(r => r.Enforce.PerSecond / r.Off.PerSecond));
            report.AtLeast("create a 1 KB Observation, enforced against off", ratio, WriteRatioMin, "x");
            report.Note("create, off", Median(rounds.Select(r => r.Off.PerSecond)), "requests/s");
            report.Note("create, enforced", Median(rounds.Select(r => r.Enforce.PerSecond)), "requests/s");
            report.AtMost("create, refused", rounds.Sum(r => r.Off.Refused + r.Enforce.Refused), 0, "");
        }

        Directory.Delete(folder, recursive: true);
    }

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    static void First(Report report)
    {
        var times = Enumerable.Range(0, 5).Select(_ => InFreshProcess()).Order().ToArray();
        report.AtMost("first validation of a process (median of 5)", times[2], FirstMillisecondsMax, "ms");
    }

    static void Flat(Report report, World world, FhirDocument document)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < FlatValidations; i++)
        {
            world.Validate(document, null);
        }

        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 1024.0;
        report.AtMost($"memory grown over {FlatValidations:N0} validations", grown, 1, "MiB");
    }

    static double InFreshProcess()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "first-validation"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(printed, CultureInfo.InvariantCulture);
    }

    /// <summary>A validator on an empty store, and a profile that is stored.</summary>
    sealed class World : IDisposable
    {
        internal const string PatientProfile = "http://example.org/StructureDefinition/patient";

        readonly string _folder = Directory.CreateTempSubdirectory("fhirhub-bench-").FullName;
        readonly SqliteStorage _storage;
        readonly ProfileValidator _validator;

        internal World()
        {
            _storage = SqliteStorage.Open(new SqliteStorageOptions { Folder = _folder, Clock = TimeProvider.System });
            var codes = new TerminologyChanges();
            var profile = FhirDocument.ParseJson(
                """
                {"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/patient",
                "name":"Own","status":"active","kind":"resource","abstract":false,"type":"Patient",
                "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","derivation":"constraint",
                "differential":{"element":[
                {"id":"Patient.identifier","path":"Patient.identifier","min":1,"slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"}},
                {"id":"Patient.identifier:mrn","path":"Patient.identifier","sliceName":"mrn","min":1,"max":"1"},
                {"id":"Patient.identifier:mrn.system","path":"Patient.identifier.system","min":1,"fixedUri":"urn:oid:1.2.36.146.595.217.0.1"},
                {"id":"Patient.name.family","path":"Patient.name.family","maxLength":100,
                "constraint":[{"key":"own-1","severity":"error","human":"no spaces","expression":"matches('^[^ ]*$')"}]}]}}
                """u8.ToArray());
            var sources = new ProfileSources
            {
                Stored = (_, url, _, _) => ValueTask.FromResult(url == PatientProfile ? profile : null),
            };
            _validator = new ProfileValidator(
                sources,
                new HubTerminology(
                    _storage.Resources, _storage.Search, TimeProvider.System, new TerminologyOptions(), codes,
                    new UnmappedCodes(TimeProvider.System)),
                TimeProvider.System,
                new ProfileOptions(),
                new ProfileChanges(),
                codes);
        }

        internal ValidationReport Validate(FhirDocument document, string? profile)
        {
            var request = new ValidationRequest(document.Root, Caller.Open)
            {
                Profiles = profile is null ? [] : [profile],
            };
            var validation = _validator.ValidateAsync(request, CancellationToken.None);
            // A warm run is done when the call returns; only the first ones have anything to wait for.
            return validation.AsTask().GetAwaiter().GetResult();
        }

        public void Dispose()
        {
            _storage.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
