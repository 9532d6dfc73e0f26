namespace FhirHub.Host;

/// <summary>What the host says in its log: events and counts, never content. Event ids 4000 to 4999.</summary>
static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "FhirHub listens on {Url}; try: curl {Url}/metadata")]
    internal static partial void Listening(ILogger logger, string url);

    [LoggerMessage(4001, LogLevel.Error, "Request failed with fault {FaultId}")]
    internal static partial void Fault(ILogger logger, string faultId, Exception exception);
}
