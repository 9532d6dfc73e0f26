namespace FhirHub.Host;

/// <summary>What the host says in its log: events and counts, never content. Event ids 4000 to 4999.</summary>
static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "FhirHub is ready on {Urls}; try: curl '{Url}/fhir/Patient?_count=3'")]
    internal static partial void Listening(ILogger logger, string urls, string url);

    [LoggerMessage(4001, LogLevel.Error, "Request failed with fault {FaultId}")]
    internal static partial void Fault(ILogger logger, string faultId, Exception exception);

    [LoggerMessage(4002, LogLevel.Information,
        "Loaded the sample region: {Count} resources (a new folder with --empty goes without)")]
    internal static partial void SamplesLoaded(ILogger logger, int count);

    [LoggerMessage(4003, LogLevel.Information, "Loading the sample region: {Count} resources so far")]
    internal static partial void SamplesLoading(ILogger logger, int count);

    [LoggerMessage(4004, LogLevel.Information, "Stopped: every acknowledged commit is in the store")]
    internal static partial void Stopped(ILogger logger);

    // The route's template and not the path: a path names a patient, and a query may describe one.
    [LoggerMessage(4005, LogLevel.Debug, "{Method} {Route} {Status} {Milliseconds:0.0} ms {RequestId}")]
    internal static partial void Request(
        ILogger logger, string method, string route, int status, double milliseconds, string requestId);

    [LoggerMessage(4007, LogLevel.Warning, "A write left {Count} references that lead nowhere")]
    internal static partial void BrokenReferences(ILogger logger, int count);

    [LoggerMessage(4008, LogLevel.Warning, "A write was done although it has {Count} validation errors")]
    internal static partial void Nonconforming(ILogger logger, int count);

    [LoggerMessage(4006, LogLevel.Warning, "The store does not answer: {Reason}")]
    internal static partial void NotReady(ILogger logger, string reason);

    [LoggerMessage(4009, LogLevel.Warning,
        "Slow search {Search}: {Milliseconds:0} ms, {Matches} on the page, {Steps} steps")]
    internal static partial void SlowSearch(
        ILogger logger, string search, double milliseconds, int matches, long steps);

    [LoggerMessage(4018, LogLevel.Critical, "The data folder cannot be written to: {Reason}")]
    internal static partial void NoRoom(ILogger logger, string reason);

    [LoggerMessage(4017, LogLevel.Warning, "Slow search {Search}: no page after {Milliseconds:0} ms")]
    internal static partial void SlowSearchEnded(ILogger logger, string search, double milliseconds);

    [LoggerMessage(4030, LogLevel.Information,
        "Installed {Package}: {Definitions} definitions; {Missing} packages it needs are missing, {Problems} problems")]
    internal static partial void PackageInstalled(
        ILogger logger, string package, int definitions, int missing, int problems);

    [LoggerMessage(4020, LogLevel.Information, "Indexing walk {Walk} begins: {Count} resources to visit")]
    internal static partial void IndexingBegun(ILogger logger, long walk, long count);

    [LoggerMessage(4021, LogLevel.Information, "Indexing walk {Walk}: {Done} of {Total} resources")]
    internal static partial void IndexingOn(ILogger logger, long walk, long done, long total);

    [LoggerMessage(4022, LogLevel.Information,
        "Indexing walk {Walk} is done: {Done} resources, {Problems} of them with problems")]
    internal static partial void IndexingDone(ILogger logger, long walk, long done, long problems);

    [LoggerMessage(4024, LogLevel.Warning, "Indexing walk {Walk} removed {Count} index rows of no resource")]
    internal static partial void OrphansRemoved(ILogger logger, long walk, long count);

    [LoggerMessage(4023, LogLevel.Error, "Indexing walk {Walk} was interrupted; it goes on in a moment")]
    internal static partial void IndexingFailed(ILogger logger, long walk, Exception exception);

    [LoggerMessage(4010, LogLevel.Information,
        "{Count} asynchronous requests were not finished, {Interrupted} of them begun; they are carried out now")]
    internal static partial void JobsResumed(ILogger logger, int count, int interrupted);

    [LoggerMessage(4011, LogLevel.Error, "Asynchronous request {Job} could not be kept; it runs again after a start")]
    internal static partial void JobNotKept(ILogger logger, string job, Exception exception);

    [LoggerMessage(4031, LogLevel.Warning, "Counts of unmapped codes could not be stored; they are tried again")]
    internal static partial void CountsNotKept(ILogger logger, Exception exception);
}
