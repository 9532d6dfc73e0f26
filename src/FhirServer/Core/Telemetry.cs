using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FhirHub.Core;

/// <summary>The one source of traces and of measurements; instruments stand beside the code they measure.</summary>
public static class Telemetry
{
    public const string Name = "FhirHub";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);
}
