namespace FhirHub.Host;

/// <summary>What the host says in its log: events and counts, never content. Event ids 4000 to 4999.</summary>
static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "FhirHub listens on {Url}; try: curl {Url}/fhir/metadata")]
    internal static partial void Listening(ILogger logger, string url);

    [LoggerMessage(4002, LogLevel.Information, "Loaded the sample region: {Count} resources (--empty goes without)")]
    internal static partial void SamplesLoaded(ILogger logger, int count);

    [LoggerMessage(4001, LogLevel.Error, "Request failed with fault {FaultId}")]
    internal static partial void Fault(ILogger logger, string faultId, Exception exception);
}
