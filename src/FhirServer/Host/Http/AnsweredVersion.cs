using FhirHub.Core.Model;

namespace FhirHub.Host.Http;

/// <summary>
/// What the header of an answer cannot say to the entry of a bundle that asked: Last-Modified counts whole seconds.
/// </summary>
sealed class AnsweredVersion
{
    internal DateTimeOffset? LastUpdated { get; set; }

    /// <summary>What was done although it should not be left so.</summary>
    internal IReadOnlyList<Problem> Warnings { get; set; } = [];
}
