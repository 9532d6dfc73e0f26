namespace FhirHub.EndToEnd.Hub;

/// <summary>One server for all tests that can share it: each works on resources of its own.</summary>
[TestClass]
public sealed class SharedHub
{
    /// <summary>Small, so that a test can exceed it.</summary>
    internal const int BodyBytesMax = 1024 * 1024;

    static HubProcess? _hub;

    internal static FhirClient Fhir => _hub?.Fhir ?? throw new InvalidOperationException("The hub is not started.");

    [AssemblyInitialize]
    public static async Task StartAsync(TestContext _) =>
        _hub = await HubProcess.StartAsync(null, $"--Hub:BodyBytesMax={BodyBytesMax}");

    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }
}
