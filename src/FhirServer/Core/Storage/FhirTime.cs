using System.Globalization;

namespace FhirHub.Core.Storage;

/// <summary>Server times as FHIR instants: UTC, to the millisecond, which is also what the store keeps.</summary>
public static class FhirTime
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
