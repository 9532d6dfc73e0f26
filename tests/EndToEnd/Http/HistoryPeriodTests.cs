using System.Globalization;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>
/// _at and _since at all three levels, page by page, against a list of what was there when:
/// https://hl7.org/fhir/R4/http.html#history
/// </summary>
[TestClass]
public sealed class HistoryPeriodTests
{
    const int Seed = 20261125;

    static readonly TimeSpan China = TimeSpan.FromHours(8);

    [TestMethod]
    public async Task At_and_since_keep_what_they_should_at_every_level_over_all_pages()
    {
        await using var hub = await HubProcess.StartAsync();
        var lived = await LiveAsync(hub.Fhir);
        var checks = 0;
        foreach (var level in Levels(lived))
        {
            foreach (var moment in Moments(lived))
            {
                var (low, high) = moment.Period;
                await CheckAsync(
                    hub.Fhir, level, $"_at={Uri.EscapeDataString(moment.Text)}",
                    lived.Where(v => v.From < high && (v.To > low)));
                await CheckAsync(
                    hub.Fhir, level, $"_since={Uri.EscapeDataString(moment.Text)}", lived.Where(v => v.From >= low));
                checks++;
            }
        }

        Assert.IsGreaterThan(100, checks);
    }

    static async Task CheckAsync(FhirClient fhir, string level, string query, IEnumerable<Lived> expected)
    {
        var seen = new List<string>();
        for (var next = (string?)$"{level}_history?{query}&_count=3"; next is not null;)
        {
            var page = (await fhir.GetAsync(next)).Expect(OK);
            Assert.IsLessThanOrEqualTo(3, page.Entries.Count);
            seen.AddRange(page.Entries.Select(e => string.Join(
                '/', e["fullUrl"]?.ToString()[(fhir.BaseUrl.Length + 1)..], e["response"]?["etag"]?.ToString())));
            next = page.Link("next");
        }

        var wanted = expected.Where(v => v.Path.StartsWith(level, StringComparison.Ordinal))
            .OrderByDescending(v => v.Order).Select(v => $"{v.Path}W/\"{v.Version}\"").ToList();
        CollectionAssert.AreEqual(wanted, seen, $"{level}_history?{query}");
    }

    /// <summary>Three patients and two observations, each created and then updated or deleted at random.</summary>
    static async Task<List<Lived>> LiveAsync(FhirClient fhir)
    {
        var random = new Random(Seed);
        var lived = new List<Lived>();
        string[] paths = ["Patient/a/", "Patient/b/", "Patient/c/", "Observation/a/", "Observation/b/"];
        for (var i = 0; i < 24; i++)
        {
            var path = i < paths.Length ? paths[i] : paths[random.Next(paths.Length)];
            var before = lived.FindLastIndex(v => v.Path == path);
            var (type, id) = (path.Split('/')[0], path.Split('/')[1]);
            var isDelete = before >= 0 && !lived[before].IsDeleted && random.Next(5) == 0;
            var body = type == "Patient"
                ? Sample.Patient($"v{i}", id: id)
                : Sample.Observation($"v{i}", "2026", "Patient/a", id);
            var made = isDelete ? await fhir.DeleteAsync($"{type}/{id}") : await fhir.PutAsync($"{type}/{id}", body);
            Assert.IsTrue(made.Status is OK or Created or NoContent, made.Text);
            var newest = (await fhir.GetAsync($"{path}_history?_count=1")).Expect(OK).Entries[0];
            var time = DateTimeOffset.Parse(
                newest["response"]?["lastModified"]?.ToString() ?? "", CultureInfo.InvariantCulture);
            if (before >= 0)
            {
                lived[before] = lived[before] with { To = time };
            }

            var version = lived.Count(v => v.Path == path) + 1;
            lived.Add(new Lived(path, version, i, isDelete, time, DateTimeOffset.MaxValue));
            await Task.Delay(random.Next(2, 40));
        }

        return lived;
    }

    static IEnumerable<string> Levels(List<Lived> lived) =>
        ["", "Patient/", "Observation/", lived[0].Path, lived[3].Path];

    /// <summary>Instants at, before and after changes, and every coarser precision around them.</summary>
    static IEnumerable<Moment> Moments(List<Lived> lived)
    {
        foreach (var time in new[] { lived[0].From, lived[9].From, lived[^1].From })
        {
            for (var milliseconds = -1; milliseconds <= 1; milliseconds++)
            {
                var then = time.AddMilliseconds(milliseconds);
                yield return new Moment(Utc(then, "yyyy-MM-ddTHH:mm:ss.fffZ"), (then, then.AddMilliseconds(1)));
            }

            var local = time.ToOffset(China);
            var second = Floor(local, TimeSpan.FromSeconds(1));
            yield return new Moment(Utc(second, "yyyy-MM-ddTHH:mm:ssZ"), (second, second.AddSeconds(1)));
            yield return new Moment(
                second.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
                (second, second.AddSeconds(1)));
            var minute = Floor(local, TimeSpan.FromMinutes(1));
            yield return new Moment(Utc(minute, "yyyy-MM-ddTHH:mmZ"), (minute, minute.AddMinutes(1)));
        }

        // Without a zone a date is meant in the hub's own, which is China's.
        var day = new DateTimeOffset(lived[0].From.ToOffset(China).Date, China);
        for (var days = -1; days <= 1; days++)
        {
            yield return new Moment(Local(day.AddDays(days), "yyyy-MM-dd"), (day.AddDays(days), day.AddDays(days + 1)));
        }

        var month = day.AddDays(1 - day.Day);
        yield return new Moment(Local(month, "yyyy-MM"), (month, month.AddMonths(1)));
        yield return new Moment(Local(month.AddMonths(-1), "yyyy-MM"), (month.AddMonths(-1), month));
        var year = month.AddMonths(1 - month.Month);
        yield return new Moment(Local(year, "yyyy"), (year, year.AddYears(1)));
        yield return new Moment(Local(year.AddYears(1), "yyyy"), (year.AddYears(1), year.AddYears(2)));
    }

    static string Utc(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    static string Local(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    static DateTimeOffset Floor(DateTimeOffset time, TimeSpan unit) => time.AddTicks(-(time.Ticks % unit.Ticks));

    /// <summary>A version, and from when until when it was the current one.</summary>
    sealed record Lived(
        string Path, int Version, int Order, bool IsDeleted, DateTimeOffset From, DateTimeOffset To);

    /// <summary>A date as a client writes it, and the time it covers, the end not included.</summary>
    sealed record Moment(string Text, (DateTimeOffset Low, DateTimeOffset High) Period);
}
