namespace FhirHub.Host.Http;

/// <summary>
/// Marks a request whose answer is kept: it is JSON, whatever the client asked for, and becomes that when it is
/// fetched.
/// </summary>
sealed class KeptAnswer;
