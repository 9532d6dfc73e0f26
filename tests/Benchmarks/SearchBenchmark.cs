using System.Globalization;

namespace FhirHub.Benchmarks;

/// <summary>
/// Searches over HTTP in a store of 1,000 patients and in a larger one, the two in turns, so that what the larger costs
/// more shows on a busy machine as well. The people and the searches are those of scripts/search-ramp.
/// </summary>
static class SearchBenchmark
{
    internal const int Patients = 4_000;
    internal const int PatientsMax = 32_000;

    const int Few = 1_000;
    const int FewPort = 18_733;
    const int ManyPort = 18_734;
    const int Rounds = 100;
    const int WarmUps = 10;
    const double MixSeconds = 15;
    const string FirstPage = "of a patient, latest first";

    /// <param name="report">Where the figures go.</param>
    /// <param name="patients">How many are in the larger store.</param>
    /// <param name="isAgain">Whether the stores of the run before are searched, with the program as it is now.</param>
    internal static async Task RunAsync(Report report, int patients, bool isAgain = false)
    {
        var folder = Path.Combine(Corpus.RepositoryRoot, "artifacts", "bench", "search");
        if (!isAgain && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        using var few = await SearchedStore.LoadAsync(folder, Few, FewPort, Rounds);
        using var many = await SearchedStore.LoadAsync(folder, patients, ManyPort, Rounds);
        await few.ConnectAsync();
        await many.ConnectAsync();
        var shown = patients.ToString("N0", CultureInfo.InvariantCulture);
        report.Section($"Search: p50 with {shown} patients against 1,000, one client, in turns");
        await ShapesAsync(report, few, many);

        report.Section($"Search: {shown} patients of about 40 resources each");
        await CountAsync(report, many);
        await MixAsync(report, many);
        await BesideAsync(report, many);
        var errors = few.Errors.Concat(many.Errors).ToList();
        report.AtMost("wrong or empty answers to a single client", errors.Count, 0, "");
        report.Note("resident after all this", many.ResidentMegabytes, "MB");
        foreach (var error in errors.Distinct().Take(10))
        {
            Console.WriteLine(error);
        }
    }

    static async Task ShapesAsync(Report report, SearchedStore few, SearchedStore many)
    {
        var shapes = many.Shapes;
        var (small, large) = (new double[shapes.Length][], new double[shapes.Length][]);
        for (var i = 0; i < shapes.Length; i++)
        {
            (small[i], large[i]) = (new double[Rounds], new double[Rounds]);
        }

        for (var round = -WarmUps; round < Rounds; round++)
        {
            var number = (round + Rounds) % Rounds;
            for (var i = 0; i < shapes.Length; i++)
            {
                // A round that is warming up is overwritten by the one that counts.
                small[i][number] = await few.AskAsync(i, number);
                large[i][number] = await many.AskAsync(i, number);
            }
        }

        for (var i = 0; i < shapes.Length; i++)
        {
            var what = string.Create(
                CultureInfo.InvariantCulture,
                $"{shapes[i].Family}: {shapes[i].Name} (p50 {At(large[i], 0.5):F2}, p95 {At(large[i], 0.95):F2}, "
                    + $"p99 {At(large[i], 0.99):F2} ms)");
            report.AtMost(what, At(large[i], 0.5) / At(small[i], 0.5), 1.5, "x");
        }

        var page = Array.FindIndex(shapes, s => s.Name == FirstPage);
        const string Named = "first page of `Patient/[id]/Observation?code=…&_sort=-date`, p50";
        report.AtMost(Named, At(large[page], 0.5), 2, "ms");
    }

    static async Task CountAsync(Report report, SearchedStore many)
    {
        var (speeds, times) = (new double[Rounds / 10], new double[Rounds]);
        for (var i = 0; i < speeds.Length; i++)
        {
            var (count, seconds) = await many.CountAsync(isKept: false);
            speeds[i] = count / seconds;
        }

        report.AtLeast("count by token, one of two", At(speeds, 0.5), 500_000, "matches/s");
        _ = await many.CountAsync(isKept: true);
        await Task.Delay(TimeSpan.FromSeconds(5)); // an idle writer counts on
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = (await many.CountAsync(isKept: true)).Seconds * 1000;
        }

        report.AtMost("count by one token, asked again, p50", At(times, 0.5), 2, "ms");
    }

    static async Task MixAsync(Report report, SearchedStore many)
    {
        var last = new (SearchShape Shape, int Number)?[Load.Clients];
        var (sent, wrong) = (0, 0);
        ReadOnlyMemory<byte> Next(LoadClient client, int number, int status)
        {
            wrong += last[number] is var (asked, of) && !asked.Accepts(status, client.Body, of) ? 1 : 0;
            var at = sent++;
            var (shape, own) = (many.Shapes[at % many.Shapes.Length], at / many.Shapes.Length % Rounds);
            last[number] = (shape, own);
            return shape.Requests[own];
        }

        await Load.RunAsync(many.Port, MixSeconds / 3, Next);
        (last, sent, wrong) = (new (SearchShape, int)?[Load.Clients], 0, 0);
        var load = await Load.RunAsync(many.Port, MixSeconds, Next);
        report.AtLeast($"all of them at once, {Load.Clients} clients", load.PerSecond, 2500, "requests/s");
        report.Note("the same, 99 %", load.Worst, "ms");
        report.AtMost("the same, wrong or empty answers", wrong, 0, "");
    }

    /// <summary>Half of the clients search while the others write: resources of a type that is not searched.</summary>
    static async Task BesideAsync(Report report, SearchedStore many)
    {
        const string Type = "ServiceRequest";
        const int Own = 50;
        var bodies = ServerSamples.Bodies(Type, Own);
        var (sent, written) = (0, 0);
        ReadOnlyMemory<byte> Next(LoadClient client, int number, int status)
        {
            if (IsSearcher(number))
            {
                var at = sent++;
                return many.Shapes[at % many.Shapes.Length].Requests[at / many.Shapes.Length % Rounds];
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"beside-{number}-{++written % Own}");
            return LoadClient.Request(
                "PUT", $"/fhir/{Type}/{id}", ServerSamples.Update(Type, id, bodies[written % bodies.Length]));
        }

        await Load.RunAsync(many.Port, MixSeconds / 3, Next);
        var load = await Load.RunAsync(many.Port, MixSeconds, Next);
        var (searches, half, worst) = load.Of(IsSearcher);
        report.Note($"searches of {Load.Clients / 2} clients beside as many that write", searches, "requests/s");
        report.Note("the same, p50", half, "ms");
        report.Note("the same, 99 %", worst, "ms");
        var (writes, _, worstWrite) = load.Of(number => !IsSearcher(number));
        report.Note("writes beside them", writes, "requests/s");
        report.Note("the same, 99 %", worstWrite, "ms");
        report.AtMost("of both, not answered with success", load.Refused, 0, "");

        static bool IsSearcher(int number) => number % 2 == 0;
    }

    static double At(double[] values, double share) => values.Order().ElementAt((int)(values.Length * share));
}
