using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Writes;

namespace FhirHub.Host.Jobs;

/// <summary>
/// A job while it is carried out: what an interrupted run of it had committed already, and how far this one is. The
/// request that runs has it among its features.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="made">What the earlier run committed, by the place in the bundle; empty for no bundle.</param>
/// <param name="steps">What the entries of a batch were answered.</param>
sealed class JobRun(Job job, IEnumerable<(string Place, WriteResult Result)> made, JobSteps steps)
{
    /// <summary>More than a person would look at one by one.</summary>
    const int ListedMax = 1000;

    readonly ILookup<string, WriteResult> _made = made.ToLookup(m => m.Place, m => m.Result, StringComparer.Ordinal);
    volatile int _expected;
    int _done;

    internal JobSteps Steps { get; } = steps;

    /// <summary>Whether a request is carried out while nobody waits for its answer.</summary>
    internal static bool Has(HttpContext http) => http.Features.Get<JobRun>() is not null;

    /// <summary>Whether there is anything not to be done a second time.</summary>
    internal bool IsResumed => _made.Count > 0;

    /// <summary>How far it is, in less than 100 characters: https://hl7.org/fhir/R4/async.html</summary>
    internal string Progress => _expected == 0
        ? "running"
        : string.Create(CultureInfo.InvariantCulture, $"running: {Volatile.Read(ref _done)} of {_expected} entries");

    /// <summary>The caller on whose behalf the request, or an entry of it, is carried out.</summary>
    internal Caller CallerAt(string? place) =>
        job.Caller with { Provenance = Provenance.OfJob(job.Id).At(place) };

    /// <summary>What the entry committed in an earlier run.</summary>
    internal IReadOnlyList<WriteResult> Made(string place) => [.. _made[place]];

    internal void Expect(int entries) => _expected = entries;

    internal void Advance() => Interlocked.Increment(ref _done);

    /// <summary>
    /// What an operation that was interrupted is answered; null to carry it out (again). An operation that updated can
    /// be repeated: it leaves the resource the same. One that created may not.
    /// </summary>
    internal (WriteResult? Known, Problem? Lost)? RecalledOperation(string place)
    {
        var known = Made(place);
        return known.Any(r => r.Outcome == WriteOutcome.Created)
            ? known.Count == 1 ? (known[0], null) : (null, Interrupted([.. known.Select(Name)]))
            : null;
    }

    /// <summary>What is said of a request whose answer is lost, and that is not carried out again.</summary>
    internal Problem Interrupted() =>
        Interrupted([.. _made.SelectMany(m => m, (m, result) => $"{m.Key} {Name(result)}".TrimStart())]);

    static Problem Interrupted(IReadOnlyList<string> done)
    {
        var listed = string.Join(", ", done.Take(ListedMax));
        var what = done.Count == 0 ? "Nothing was changed"
            : done.Count <= ListedMax ? $"These changes were made: {listed}"
            : $"{done.Count} changes were made, among them: {listed}";
        return new Problem(
            ProblemKind.Fault,
            "exception",
            $"The server was stopped while it carried this out, and does not begin it again. {what}.");
    }

    static string Name(WriteResult result) =>
        result.Resource is { } made ? $"{made.Key} version {made.Version}" : $"{result.Outcome}";
}
